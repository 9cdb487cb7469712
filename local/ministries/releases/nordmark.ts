import type { Release } from '../release.ts';

/** Newest first. */
export const nordmark: readonly Release[] = [
  {
    slug: 'schulsozialarbeit-ohne-frist',
    topic: 'jugendsozialarbeit',
    headline: 'Schulsozialarbeit wird zur Daueraufgabe',
    lead: 'Das Land übernimmt die Stellen an 310 Schulen unbefristet. Bisher mussten sie jedes Jahr neu beantragt werden.',
    text: [
      'Die Schulsozialarbeit in Nordmark wird vom kommenden Haushaltsjahr an dauerhaft gefördert. Das Kabinett hat dafür heute 27 Millionen Euro im Jahr vorgesehen.',
      '„Vertrauen wächst nicht in Jahresverträgen“, sagte Bildungs- und Jugendministerin Dr. Wiebke Harmsen. „Wer heute mit einem Kind spricht, soll auch im nächsten Schuljahr noch da sein.“',
      'Die Träger erhalten die Bescheide bis zum Frühjahr. Bestehende Verträge können bereits jetzt entfristet werden.',
    ],
    image: {
      alt: 'Eine Schulsozialarbeiterin und zwei Jugendliche sitzen auf einer Treppe und unterhalten sich.',
      credit: 'Ministerium für Bildung, Jugend und Familie Nordmark / Inken Thode',
    },
  },
  {
    slug: 'kita-sozialraumbudget',
    topic: 'kindertagesbetreuung',
    headline: 'Mehr Fachkräfte dort, wo Kinder sie am meisten brauchen',
    lead: 'Das Land stellt 240 Kindertagesstätten in belasteten Stadtteilen ab Februar zusätzliches Personal zur Verfügung.',
    text: [
      'Mit dem Sozialraumbudget erhalten Kindertagesstätten in belasteten Stadtteilen ab dem 1. Februar zusätzliche Mittel für Personal. Insgesamt stehen dafür 18,5 Millionen Euro im Jahr bereit. Das hat Bildungs- und Jugendministerin Dr. Wiebke Harmsen heute in Grevenstedt bekannt gegeben.',
      '„Gute Startbedingungen dürfen nicht von der Postleitzahl abhängen“, sagte Harmsen beim Besuch der Kita Weidenkorb. „Wir geben das Geld dorthin, wo eine zusätzliche Kraft am Vormittag den größten Unterschied macht.“',
      'Die Einrichtungen entscheiden selbst, ob sie Sprachförderkräfte, Heilpädagog:innen oder Alltagshilfen einstellen. Anträge nimmt das Landesjugendamt bis zum Ende des Monats entgegen.',
    ],
    image: {
      alt: 'Vier Kinder bauen auf einem Teppich einen Turm aus Holzklötzen, eine Erzieherin schaut zu.',
      credit: 'Ministerium für Bildung, Jugend und Familie Nordmark / Inken Thode',
    },
  },
  {
    slug: 'jugendforum-beteiligt',
    topic: 'beteiligung',
    headline: 'Wir reden mit: Jugendforum legt zwölf Vorschläge vor',
    lead: 'Ein Jahr lang haben 85 Jugendliche aus allen Kreisen gearbeitet. Nun liegen ihre Vorschläge der Landesregierung vor.',
    text: [
      'Bessere Busverbindungen am Abend, ein Wahlrecht ab 16 bei allen Landtagswahlen und ein eigenes Budget für jede Schülervertretung: Das Jugendforum Nordmark hat zwölf Vorschläge an die Landesregierung übergeben.',
      '„Wir wollten nichts aufschreiben, was in der Schublade landet“, sagte Forumsprecherin Jule Martens. „Deshalb steht bei jedem Vorschlag, wer ihn umsetzen kann und bis wann.“',
      'Staatssekretär Ole Brodersen sagte zu, dass jedes Ressort bis zum Frühjahr schriftlich antwortet. „Beteiligung heißt auch, ein Nein zu begründen“, so Brodersen.',
    ],
    image: {
      alt: 'Jugendliche heften bunte Zettel an eine Stellwand.',
      credit: 'Jugendforum Nordmark / Mats Feddersen',
    },
  },
  {
    slug: 'schulsozialarbeit-dauerhaft',
    topic: 'jugendsozialarbeit',
    headline: 'Schulsozialarbeit wird dauerhaft gefördert',
    lead: 'Aus einem Programm auf Zeit wird eine Landesaufgabe: 310 Stellen an beruflichen und allgemeinbildenden Schulen sind gesichert.',
    text: [
      'Die Schulsozialarbeit in Nordmark wird zum neuen Haushaltsjahr in eine dauerhafte Förderung überführt. Damit entfallen die Befristungen, die bisher für knapp die Hälfte der 310 Stellen galten.',
      '„Wer jungen Menschen in einer Krise beisteht, darf nicht selbst jedes Jahr um den eigenen Arbeitsplatz bangen müssen“, erklärte Ministerin Dr. Wiebke Harmsen.',
      'Die Kommunen beteiligen sich wie bisher mit 30 Prozent. Der Landkreistag begrüßte die Entscheidung: „Verlässlichkeit ist in diesem Feld die halbe Arbeit“, so Geschäftsführerin Silke Andresen.',
    ],
  },
  {
    slug: 'pflegefamilien-kampagne',
    topic: 'hilfen-zur-erziehung',
    headline: 'Platz am Tisch: Land wirbt um neue Pflegefamilien',
    lead: 'In Nordmark fehlen rund 180 Pflegefamilien. Eine Kampagne zeigt, wie ihr Alltag wirklich aussieht.',
    text: [
      'Unter dem Titel „Platz am Tisch“ hat das Jugendministerium eine Kampagne für Pflegefamilien gestartet. Zu sehen sind keine Schauspieler:innen, sondern sechs Familien aus dem Land, die von ihrem Alltag erzählen.',
      '„Manchmal ist es laut, manchmal traurig, und meistens ist es einfach unser Leben“, sagt Pflegevater Henning Ruge, der mit seinem Mann zwei Geschwister aufgenommen hat.',
      'Das Land erhöht zugleich die Mittel für die Begleitung: Pflegefamilien sollen künftig innerhalb von 48 Stunden eine Beratung erhalten. „Werbung allein genügt nicht, wir müssen die Familien auch tragen“, betonte Ministerin Harmsen.',
    ],
    image: {
      alt: 'Ein gedeckter Küchentisch mit fünf Tellern und einem leeren Stuhl.',
      credit: 'Agentur Küstenlicht / Merle Paulsen',
    },
  },
  {
    slug: 'medienscouts-grundschule',
    topic: 'kinder-und-jugendschutz',
    headline: 'Medienscouts kommen an die Grundschulen',
    lead: 'Ältere Schüler:innen erklären jüngeren, wie sie sich in Chats und Spielen schützen. Das Programm wird auf 90 Grundschulen ausgeweitet.',
    text: [
      'Was tun, wenn in der Klassengruppe jemand bloßgestellt wird? An 90 Grundschulen geben darauf künftig Medienscouts Antwort, die selbst noch zur Schule gehen.',
      '„Kinder glauben Älteren, die gerade erst aus dieser Welt kommen, mehr als jedem Faltblatt“, sagte Staatssekretär Ole Brodersen beim Auftakt in Lüttwarden.',
      'Die Scouts werden an zwei Wochenenden geschult und von einer Lehrkraft begleitet. Die Evaluation der ersten beiden Jahre zeigt: In beteiligten Klassen melden Kinder Vorfälle doppelt so häufig.',
    ],
  },
  {
    slug: 'familienzentren-ausbau',
    topic: 'familie',
    headline: 'Familienzentren: Förderung steigt auf sechs Millionen Euro',
    lead: 'Dreißig weitere Kindertagesstätten werden zu Familienzentren, in denen Eltern Beratung, Kurse und ein offenes Ohr finden.',
    text: [
      'Die Zahl der Familienzentren in Nordmark steigt im kommenden Jahr auf 150. Das Land verdoppelt dafür seine Förderung auf sechs Millionen Euro.',
      '„Ein Familienzentrum ist kein weiteres Amt, sondern die offene Tür neben der Garderobe“, sagte Ministerin Dr. Wiebke Harmsen. „Wer morgens sein Kind bringt, bekommt dort auch Rat zu Schulden, Schlaf und Schulweg.“',
      'Gefördert werden vor allem Orte im ländlichen Raum, in denen die nächste Beratungsstelle mehr als 20 Kilometer entfernt liegt.',
    ],
    image: {
      alt: 'Eine Mutter mit Baby im Tragetuch spricht mit einer Beraterin an einem Stehtisch.',
      credit: 'Ministerium für Bildung, Jugend und Familie Nordmark / Inken Thode',
    },
  },
  {
    slug: 'sprachpaten-bilanz',
    topic: 'flucht-und-migration',
    headline: 'Sprachpatenschaften: 1.400 Tandems in zwei Jahren',
    lead: 'Ehrenamtliche üben mit neu zugewanderten Kindern und Jugendlichen Deutsch. Das Land verlängert das Programm.',
    text: [
      'Einmal in der Woche ein Spiel, ein Buch, ein Gespräch: 1.400 Ehrenamtliche haben in den vergangenen zwei Jahren eine Sprachpatenschaft übernommen. Nun wird das Programm um drei Jahre verlängert.',
      '„Ich habe in diesem Jahr mehr über Grammatik gelernt als in meiner ganzen Schulzeit“, sagt Patin Edith Claussen aus Norderfleth. Ihr Tandempartner Yusuf besucht inzwischen das Gymnasium.',
      'Das Land übernimmt Fahrtkosten, Versicherung und Fortbildung. Neue Tandems vermitteln die Freiwilligenagenturen.',
    ],
  },
  {
    slug: 'juleica-online',
    topic: 'jugendarbeit',
    headline: 'Jugendleiter-Card: Antrag künftig vollständig online',
    lead: 'Wer eine Jugendgruppe leitet, bekommt die Juleica nun innerhalb einer Woche. Auch Vergünstigungen werden ausgeweitet.',
    text: [
      'Der Antrag auf die Jugendleiter:in-Card lässt sich in Nordmark ab sofort ohne Papier stellen. Träger bestätigen die Ausbildung mit einem Klick, die Karte kommt innerhalb einer Woche.',
      '„Junge Menschen, die ihre Freizeit verschenken, sollen keine davon in Formulare stecken“, so Staatssekretär Ole Brodersen.',
      'Zugleich beteiligen sich erstmals alle Verkehrsverbünde an den Vergünstigungen. Der Landesjugendring sprach von einem „überfälligen Zeichen des Respekts“.',
    ],
  },
  {
    slug: 'naturkita-richtlinie',
    topic: 'kindertagesbetreuung',
    headline: 'Draußen lernen: Neue Richtlinie erleichtert Waldkindergärten',
    lead: 'Einheitliche Vorgaben zu Schutzräumen und Personal ersetzen 14 verschiedene Regelungen in den Kreisen.',
    text: [
      'Für Wald- und Naturkindergärten gilt in Nordmark künftig eine landesweite Richtlinie. Sie regelt Schutzräume, Betreuungsschlüssel und das Verhalten bei Sturm.',
      '„Bislang hing es vom Kreis ab, ob ein Bauwagen genügt“, sagte Ministerin Harmsen. „Jetzt wissen Träger vorher, woran sie sind.“',
      'Die Landesarbeitsgemeinschaft der Naturkindergärten hat an der Richtlinie mitgeschrieben. Bestehende Einrichtungen haben drei Jahre Zeit, sich anzupassen.',
    ],
    image: {
      alt: 'Kinder in Matschhosen balancieren über einen Baumstamm im Wald.',
      credit: 'LAG Naturkindergärten Nordmark / Thore Jessen',
    },
  },
  {
    slug: 'fruehe-hilfen-hebammen',
    topic: 'familie',
    headline: 'Frühe Hilfen erreichen jede dritte Familie mit Neugeborenem',
    lead: 'Die Familienhebammen waren im vergangenen Jahr bei 6.200 Familien zu Besuch, so oft wie nie zuvor.',
    text: [
      'Jede dritte Familie mit einem Neugeborenen hat im vergangenen Jahr ein Angebot der Frühen Hilfen genutzt. Das geht aus dem Bericht hervor, den das Jugendministerium heute vorgestellt hat.',
      '„Der Satz, den wir am häufigsten hören, lautet: Hätte ich das nur früher gewusst“, berichtet Familienhebamme Svenja Lorenzen.',
      'Das Land will deshalb schon in der Schwangerschaft informieren. Frauenarztpraxen und Geburtskliniken erhalten dafür einen mehrsprachigen Wegweiser.',
    ],
  },
  {
    slug: 'careleaver-rechtsanspruch',
    topic: 'hilfen-zur-erziehung',
    headline: 'Nach der Wohngruppe nicht allein: Ombudsstelle berät Care Leaver',
    lead: 'Junge Menschen, die die Jugendhilfe verlassen, finden in Grevenstedt eine unabhängige Anlaufstelle.',
    text: [
      'Wer mit 18 aus einer Wohngruppe auszieht, muss vieles auf einmal regeln: Wohnung, Ausbildung, Krankenversicherung. Die neue Ombudsstelle in Grevenstedt hilft dabei, auch wenn ein Amt nicht so entscheidet, wie das Gesetz es vorsieht.',
      '„Ich hatte drei Umzugskartons und siebzehn Briefe von Behörden“, erzählt Lena Kruse, die heute andere junge Menschen berät.',
      'Die Stelle arbeitet unabhängig von Jugendämtern und Trägern. Das Land finanziert sie zunächst für fünf Jahre.',
    ],
    image: {
      alt: 'Eine junge Frau trägt einen Umzugskarton durch einen Hausflur.',
      credit: 'Ombudsstelle Jugendhilfe Nordmark',
    },
  },
  {
    slug: 'werkstattschule-abschluss',
    topic: 'jugendsozialarbeit',
    headline: 'Mit dem Hobel zum Schulabschluss',
    lead: 'Drei Viertel der Jugendlichen in den Werkstattschulen erreichen den ersten Abschluss. Das Modell wird ausgebaut.',
    text: [
      'Vormittags Tischlerei, nachmittags Mathematik: In den sieben Werkstattschulen des Landes holen Jugendliche ihren ersten Schulabschluss nach. Drei von vier schaffen ihn.',
      '„Hier fragt keiner, warum es vorher nicht geklappt hat“, sagt der 17-jährige Dennis aus Ostermarsch. Nach dem Sommer beginnt er eine Ausbildung zum Bootsbauer.',
      'Zwei weitere Standorte öffnen im kommenden Schuljahr. „Jeder Abschluss, den wir ermöglichen, ist eine Ausbildung, die gelingen kann“, sagte Ministerin Dr. Wiebke Harmsen.',
    ],
  },
  {
    slug: 'schutzkonzepte-sportvereine',
    topic: 'kinder-und-jugendschutz',
    headline: 'Schutzkonzepte: Sportvereine erhalten kostenlose Beratung',
    lead: 'Gemeinsam mit dem Landessportbund bildet das Land 60 Fachkräfte aus, die Vereine vor Ort begleiten.',
    text: [
      'Kinder sollen sich im Sport sicher fühlen. 60 Fachkräfte beraten deshalb ab sofort Vereine, die ein Schutzkonzept gegen sexualisierte Gewalt erarbeiten wollen. Für die Vereine ist das kostenfrei.',
      '„Ein gutes Konzept passt auf zwei Seiten und wird gelebt“, sagte Landestrainerin Birthe Nissen. „Alle wissen, wen sie ansprechen können und was dann geschieht.“',
      'Von 2028 an ist ein Schutzkonzept Voraussetzung für die Sportförderung des Landes.',
    ],
  },
  {
    slug: 'ferienpass-landesweit',
    topic: 'jugendarbeit',
    headline: 'Ein Pass für alle Ferien',
    lead: 'Der Ferienpass gilt erstmals landesweit und kostet einheitlich fünf Euro. Angemeldet wird über eine gemeinsame Plattform.',
    text: [
      'Klettern, Kochen, Kanufahren: Der Ferienpass Nordmark bündelt mehr als 2.000 Angebote der Jugendarbeit. Bisher gab jede Gemeinde einen eigenen Pass heraus.',
      '„Ferien enden nicht an der Kreisgrenze“, sagte Staatssekretär Ole Brodersen bei der Vorstellung.',
      'Kinder aus Familien mit geringem Einkommen nehmen kostenlos teil. Die Jugendringe der Kreise prüfen die Angebote vorab.',
    ],
    image: {
      alt: 'Drei Kinder in Schwimmwesten ziehen ein Kanu an den Strand.',
      credit: 'Kreisjugendring Ostermarsch / Anke Voß',
    },
  },
  {
    slug: 'kinderrechte-koffer',
    topic: 'beteiligung',
    headline: 'Kinderrechte zum Anfassen',
    lead: 'Ein Koffer mit Spielen und Geschichten bringt die UN-Kinderrechtskonvention in jede dritte Klasse des Landes.',
    text: [
      'Mit Würfeln, Hörgeschichten und einem großen Wimmelbild erklärt der neue Kinderrechte-Koffer, was in der UN-Kinderrechtskonvention steht. Alle 640 Grundschulen erhalten ein Exemplar.',
      '„Ein Recht, das man nicht kennt, kann man nicht einfordern“, sagte Ministerin Dr. Wiebke Harmsen bei der Übergabe an die Grundschule am Deich.',
      'Entwickelt wurde der Koffer von Kindern: Zwei Klassen haben ein Jahr lang getestet, was verständlich ist und was langweilt.',
    ],
  },
];
