import type { Release } from '../release.ts';

/** Newest first. */
export const seenland: readonly Release[] = [
  {
    slug: '2212-pflegefamilien-werben',
    topic: 'hilfen-zur-erziehung',
    headline: 'Seenland wirbt um neue Pflegefamilien',
    lead: 'Rund 180 Kinder warten auf ein Zuhause auf Zeit. Eine Kampagne soll Familien ermutigen, sich zu melden.',
    text: [
      'Mit Abenden in Büchereien und Vereinsheimen wirbt Seenland um Pflegefamilien. Wer schon ein Kind aufgenommen hat, berichtet dort aus dem Alltag.',
      '„Pflegeeltern müssen nicht perfekt sein, sie müssen da sein“, sagte Sozialministerin Katrin Wollmerstedt.',
      'Zugleich steigt das Pflegegeld, und jede Familie bekommt eine feste Ansprechperson im Jugendamt.',
    ],
    image: {
      alt: 'Ein Erwachsener und ein Kind lassen von einem Steg aus ein Papierschiff schwimmen.',
      credit: 'Sozialministerium Seenland / Ronny Kupke',
    },
  },
  {
    slug: '2211-migrantenjugend-vernetzt',
    topic: 'flucht-und-migration',
    headline: 'Migrantenjugendorganisationen gründen Landesnetzwerk',
    lead: 'Einundzwanzig Vereine haben sich in Seewalde zusammengeschlossen, um gegenüber Politik und Verwaltung mit einer Stimme zu sprechen.',
    text: [
      'Auf einer Konferenz in Seewalde haben 21 Vereine junger Menschen mit Einwanderungsgeschichte ein Landesnetzwerk gegründet. Es soll Ansprechpartner für Kommunen, Jugendringe und die Landesregierung sein.',
      '„Wir sind keine Zielgruppe, wir sind ein Teil dieses Landes“, sagte Gründungsmitglied Amira Saleh.',
      'Sozialministerin Katrin Wollmerstedt kündigte an, eine Geschäftsstelle mit zwei Stellen zu fördern. „Ein Netzwerk braucht mehr als guten Willen, es braucht ein Büro und einen Schlüssel“, so Wollmerstedt.',
    ],
    image: {
      alt: 'Junge Menschen stehen im Halbkreis und halten ein gemeinsames Seilnetz gespannt.',
      credit: 'Sozialministerium Seenland / Ronny Kupke',
    },
  },
  {
    slug: '2210-kinderarmut-bericht',
    topic: 'familie',
    headline: 'Bericht zur Kinderarmut: Jedes sechste Kind ist betroffen',
    lead: 'Das Sozialministerium legt erstmals Zahlen für alle Gemeinden vor und verknüpft sie mit einem Aktionsplan.',
    text: [
      'Jedes sechste Kind in Seenland wächst in einer Familie auf, deren Einkommen unter der Armutsgrenze liegt. In einzelnen Gemeinden ist es jedes dritte.',
      '„Hinter jeder Zahl steht ein Kind, das die Klassenfahrt absagt“, sagte Ministerin Katrin Wollmerstedt bei der Vorstellung des Berichts.',
      'Der Aktionsplan sieht kostenfreies Mittagessen in den Horten, einen Sozialpass für Vereine und mehr Familienlotsen vor.',
    ],
  },
  {
    slug: '2209-jugendbus-dorf',
    topic: 'jugendarbeit',
    headline: 'Der Jugendbus kommt ins Dorf',
    lead: 'Drei umgebaute Linienbusse bringen offene Jugendarbeit in Orte, in denen es keinen Treff gibt.',
    text: [
      'Sofa, Tischkicker, WLAN und zwei Sozialarbeiterinnen: Die Jugendbusse machen ab sofort in 36 Dörfern des Landes Station.',
      '„Auf dem Land ist der nächste Jugendclub oft eine Stunde entfernt“, sagte Abteilungsleiter Jörn Pahlke. „Also kehren wir den Weg um.“',
      'Was im Bus geschieht, entscheiden die Jugendlichen vor Ort. In Groß Lütow ist daraus bereits ein Filmprojekt entstanden.',
    ],
    image: {
      alt: 'Ein bunt bemalter Bus steht auf einem Dorfplatz vor einer Feldsteinkirche.',
      credit: 'Landesjugendring Seenland / Peggy Dahms',
    },
  },
  {
    slug: '2208-landesjugendbeirat-gewaehlt',
    topic: 'beteiligung',
    headline: 'Erster Landesjugendbeirat nimmt die Arbeit auf',
    lead: 'Achtzehn junge Menschen beraten künftig die Landesregierung bei allen Gesetzen, die ihre Generation betreffen.',
    text: [
      'Der erste Landesjugendbeirat von Seenland ist heute zusammengetreten. Seine 18 Mitglieder wurden aus 420 Bewerbungen ausgelost.',
      '„Das Los sorgt dafür, dass nicht nur die mitreden, die ohnehin gern reden“, sagte Ministerin Katrin Wollmerstedt.',
      'Der Beirat erhält ein eigenes Budget von 50.000 Euro im Jahr und kann Stellungnahmen zu Gesetzentwürfen abgeben, bevor sie ins Kabinett gehen.',
    ],
  },
  {
    slug: '2207-hort-mittagessen',
    topic: 'kindertagesbetreuung',
    headline: 'Gemeinsam am Tisch: Mittagessen im Hort wird kostenfrei',
    lead: 'Von der Neuregelung profitieren im ersten Schritt 11.000 Kinder in der frühen Bildung und im Hort.',
    text: [
      'Vom neuen Jahr an übernimmt das Land die Kosten für das Mittagessen in Horten und im letzten Kita-Jahr. Familien sparen damit rund 70 Euro im Monat.',
      '„Satt zu sein ist keine Leistung, die man beantragen muss“, sagte Ministerin Katrin Wollmerstedt in der Kita Seesternchen.',
      'Die Träger rechnen über eine Pauschale ab. Mindestens ein Drittel der Zutaten soll aus der Region stammen.',
    ],
    image: {
      alt: 'Kinder schöpfen sich an einem niedrigen Buffet Gemüse auf den Teller.',
      credit: 'Sozialministerium Seenland / Ronny Kupke',
    },
  },
  {
    slug: '2206-inobhutnahme-plaetze',
    topic: 'hilfen-zur-erziehung',
    headline: 'Mehr Schutzplätze für Kinder in akuter Not',
    lead: 'Land und Kreise haben sich auf 35 zusätzliche Plätze in der Inobhutnahme verständigt.',
    text: [
      'Wenn ein Kind sofort einen sicheren Ort braucht, muss ein Platz frei sein. Das Land und die sechs Kreise schaffen deshalb 35 weitere Plätze und teilen sich die Kosten.',
      '„Kein Jugendamt soll nachts eine Telefonliste abarbeiten müssen“, sagte Ministerin Katrin Wollmerstedt.',
      'Eine zentrale Datenbank zeigt freie Plätze künftig landesweit an. Sie geht im Sommer in Betrieb.',
    ],
  },
  {
    slug: '2205-produktionsschulen',
    topic: 'jugendsozialarbeit',
    headline: 'Produktionsschulen: Lernen, was gebraucht wird',
    lead: 'Im Café, in der Fahrradwerkstatt und im Gartenbau finden 260 junge Menschen den Weg in die Ausbildung.',
    text: [
      'Die acht Produktionsschulen des Landes werden bis zum Ende der Förderperiode weiter unterstützt. Sie richten sich an Jugendliche, die nach der Schule weder Ausbildung noch Arbeit gefunden haben.',
      '„Wer morgens Brötchen backt, die mittags verkauft werden, weiß, wofür er aufgestanden ist“, sagt Werkstattleiterin Grit Lehnert.',
      'Zwei Drittel der Teilnehmenden wechseln innerhalb eines Jahres in eine Ausbildung. Finanziert wird das Programm aus Mitteln des Landes und der Europäischen Union.',
    ],
    image: {
      alt: 'Ein Jugendlicher zieht das Hinterrad eines Fahrrads im Montageständer fest.',
      credit: 'Produktionsschule Neu Wendorf',
    },
  },
  {
    slug: '2204-kinderschutz-hotline',
    topic: 'kinder-und-jugendschutz',
    headline: 'Zehn Jahre Kinderschutz-Hotline: 14.000 Anrufe, oft der erste Schritt',
    lead: 'Nachbarinnen, Lehrkräfte, Großeltern: Die Hotline nimmt Sorgen ernst, bevor aus ihnen Fälle werden.',
    text: [
      'Seit zehn Jahren ist die Kinderschutz-Hotline des Landes rund um die Uhr erreichbar. In dieser Zeit gingen 14.000 Anrufe ein, in jedem vierten Fall wurde ein Jugendamt tätig.',
      '„Niemand muss sicher sein, um anzurufen“, betonte Abteilungsleiter Jörn Pahlke. „Ein ungutes Gefühl genügt.“',
      'Ein neuer Chat erleichtert es nun auch Kindern und Jugendlichen, sich selbst zu melden.',
    ],
  },
  {
    slug: '2203-integrationsfonds-kommunen',
    topic: 'flucht-und-migration',
    headline: 'Integrationsfonds: Kommunen erhalten 4,2 Millionen Euro',
    lead: 'Gefördert werden Sprachmittlung, Begegnungsorte und Ferienangebote für Kinder aus geflüchteten Familien.',
    text: [
      'Aus dem Integrationsfonds des Landes fließen in diesem Jahr 4,2 Millionen Euro an 48 Gemeinden. Schwerpunkt sind Angebote für Kinder und Jugendliche.',
      '„Integration geschieht auf dem Bolzplatz, im Chor und bei der Feuerwehr“, sagte Ministerin Katrin Wollmerstedt. „Das Land kann dafür nur die Tür aufhalten.“',
      'Erstmals können auch Vereine unmittelbar Anträge bis 5.000 Euro stellen.',
    ],
  },
  {
    slug: '2202-ehrenamtskarte-jugend',
    topic: 'jugendarbeit',
    headline: 'Ehrenamtskarte gibt es jetzt ab 14 Jahren',
    lead: 'Wer sich in Feuerwehr, Verein oder Jugendverband engagiert, erhält die Karte zwei Jahre früher als bisher.',
    text: [
      'Die Altersgrenze für die Ehrenamtskarte sinkt von 16 auf 14 Jahre. Damit würdigt das Land die vielen Jugendlichen, die Verantwortung übernehmen.',
      '„Unsere jüngste Gruppenleiterin ist vierzehn und hat den Laden besser im Griff als mancher Vorstand“, sagt Landesjugendfeuerwehrwart Uwe Tessmer.',
      'Die Karte gilt in 320 Bädern, Museen und Kinos des Landes.',
    ],
  },
  {
    slug: '2201-elternbildung-digital',
    topic: 'familie',
    headline: 'Elternabend auf dem Sofa: Familienbildung wird digital',
    lead: 'Eine Plattform bündelt kostenlose Online-Kurse für Eltern, vom Babyschlaf bis zur Pubertät.',
    text: [
      'Abends um acht, wenn die Kinder schlafen: Die Plattform „Elternabend“ bringt Kurse der Familienbildung ins Wohnzimmer. Anbieter sind 40 Bildungsstätten aus ganz Seenland.',
      '„Wir ersetzen das Gespräch im Kursraum nicht, wir öffnen ein Fenster dorthin“, sagte Ministerin Katrin Wollmerstedt.',
      'Die Teilnahme ist kostenfrei. Gebärdensprache und Untertitel sind bei allen Kursen vorgesehen.',
    ],
    image: {
      alt: 'Ein Vater sitzt mit aufgeklapptem Laptop auf einem Sofa, neben ihm liegt Kinderspielzeug.',
      credit: 'Familienbildung Seenland / Doreen Matz',
    },
  },
  {
    slug: '2200-demokratie-leben-dorf',
    topic: 'beteiligung',
    headline: 'Demokratie beginnt an der Bushaltestelle',
    lead: 'Mit kleinen Summen setzen Jugendliche in 60 Orten eigene Ideen um. Eine Jury aus Gleichaltrigen entscheidet.',
    text: [
      'Eine überdachte Bushaltestelle, eine Graffitiwand, ein Kinoabend: 60 Vorhaben hat der Jugendfonds im ersten Jahr gefördert, jedes mit höchstens 1.500 Euro.',
      '„Wir haben gestritten wie im Landtag, nur kürzer“, berichtet Jurymitglied Ben Zarnekow.',
      'Das Sozialministerium stockt den Fonds auf 150.000 Euro auf. Die Demokratieförderung bleibt Schwerpunkt des Landesjugendplans.',
    ],
  },
  {
    slug: '2199-tagesmuetter-verguetung',
    topic: 'kindertagesbetreuung',
    headline: 'Kindertagespflege wird besser vergütet',
    lead: 'Tagesmütter und Tagesväter erhalten einen landesweit einheitlichen Satz und erstmals bezahlte Vertretungstage.',
    text: [
      'Die Vergütung in der Kindertagespflege steigt zum Sommer um durchschnittlich zwölf Prozent. Erstmals gilt in allen Kreisen derselbe Satz.',
      '„Wer fünf Kinder durch den Tag begleitet, verdient Planungssicherheit“, sagte Ministerin Katrin Wollmerstedt.',
      'Neu sind 20 bezahlte Vertretungstage im Jahr. Der Landesverband der Tagespflege nannte die Einigung „einen Durchbruch nach acht Jahren“.',
    ],
  },
  {
    slug: '2198-erziehungsberatung-wartezeit',
    topic: 'hilfen-zur-erziehung',
    headline: 'Erziehungsberatung: Erstes Gespräch binnen zwei Wochen',
    lead: 'Zehn zusätzliche Stellen verkürzen die Wartezeiten in den Beratungsstellen deutlich.',
    text: [
      'Wer in Seenland eine Erziehungsberatung sucht, soll künftig spätestens nach zwei Wochen ein erstes Gespräch führen. Bisher warteten Familien im Schnitt sieben Wochen.',
      '„In sieben Wochen wird aus einem Streit ein Bruch“, sagte Abteilungsleiter Jörn Pahlke.',
      'Das Land finanziert zehn zusätzliche Stellen. Außensprechstunden in Schulen und Familienzentren kommen hinzu.',
    ],
    image: {
      alt: 'Zwei leere Sessel stehen einander in einem hellen Beratungszimmer gegenüber.',
      credit: 'Beratungszentrum Seewalde',
    },
  },
  {
    slug: '2197-ausbildungslotsen',
    topic: 'jugendsozialarbeit',
    headline: 'Lotsen für den Weg in den Beruf',
    lead: 'An 45 Schulen helfen Ausbildungslots:innen beim Übergang von der Schule in den Beruf.',
    text: [
      'Bewerbung, Praktikum, Probetag: An 45 Schulen begleiten Lots:innen Jugendliche vom achten Schuljahr bis zum Ende der Probezeit.',
      '„Die meisten scheitern nicht am Können, sondern am dritten Formular“, sagt Lotse Stefan Brückner.',
      'Von den begleiteten Jugendlichen brechen nur vier Prozent die Ausbildung im ersten Jahr ab. Im Landesschnitt sind es 18 Prozent.',
    ],
  },
];
