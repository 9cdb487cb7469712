import type { Release } from '../release.ts';

/** Newest first. */
export const rheinberg: readonly Release[] = [
  {
    slug: 'pm-313',
    topic: 'jugendarbeit',
    headline: 'Jugendräume auf dem Land: 60 Gemeinden erhalten Förderung',
    lead: 'Leere Läden, alte Feuerwehrhäuser und ein Bahnhof werden zu Treffpunkten für junge Menschen.',
    text: [
      'Sechzig Gemeinden in Rheinberg richten Räume für Jugendliche ein. Das Staatsministerium übernimmt vier Fünftel der Kosten.',
      '„Junge Leute bleiben, wo sie willkommen sind“, sagte Familienminister Ludger Achterkamp bei der Übergabe der Bescheide.',
      'Bedingung war, dass Jugendliche selbst mitplanen. Über die Öffnungszeiten entscheiden sie künftig in eigenen Räten.',
    ],
    image: {
      alt: 'Jugendliche streichen die Fassade eines früheren Bahnhofs in hellem Grün.',
      credit: 'Staatsministerium Rheinberg / Bärbel Höfgen',
    },
  },
  {
    slug: 'pm-312',
    topic: 'familie',
    headline: 'Familiengeld wird einfacher: Ein Antrag statt vier',
    lead: 'Das Staatsministerium fasst vier Leistungen zusammen. Eltern von Neugeborenen sparen Zeit und Papier.',
    text: [
      'Geburtsurkunde, Elterngeld, Kindergeld und Familiengeld lassen sich in Rheinberg künftig mit einem einzigen Antrag beantragen. Die Daten werden nur mit Einwilligung weitergegeben.',
      '„In den ersten Wochen mit einem Kind hat niemand Zeit für vier Formulare“, sagte Familienminister Ludger Achterkamp.',
      'Das Verfahren wurde in zwei Kliniken erprobt. Dort lag der Bescheid im Schnitt nach neun Tagen vor.',
    ],
    image: {
      alt: 'Ein Säugling umfasst mit der Hand den Finger eines Erwachsenen.',
      credit: 'Staatsministerium Rheinberg / Bärbel Höfgen',
    },
  },
  {
    slug: 'pm-311',
    topic: 'kinder-und-jugendschutz',
    headline: 'Stärke zeigen: Prävention gegen Cybermobbing geht in die Fläche',
    lead: 'Nach drei Modelljahren steht das Präventionsprogramm allen weiterführenden Schulen offen.',
    text: [
      'Das Präventionsprogramm „Stärke zeigen“ richtet sich an die Jahrgangsstufen fünf bis sieben. Es verbindet Unterricht, Elternabende und eine anonyme Meldestelle.',
      '„Beleidigungen im Netz tun genauso weh wie auf dem Schulhof, nur hören sie abends nicht auf“, sagte Staatssekretärin Yasemin Ertürk-Bauer.',
      'Eine Studie der Hochschule Rheinberg bescheinigt dem Programm messbare Erfolge: In beteiligten Klassen sank die Zahl der Betroffenen um ein Drittel.',
    ],
  },
  {
    slug: 'pm-310',
    topic: 'kindertagesbetreuung',
    headline: 'Sprach-Kitas: Land sichert 420 Stellen auf eigene Rechnung',
    lead: 'Die alltagsintegrierte Sprachförderung wird Teil des Kindergartengesetzes.',
    text: [
      'Rheinberg führt die Sprach-Kitas in eigener Verantwortung weiter. 420 Fachkräfte können damit unbefristet beschäftigt werden.',
      '„Sprache lernt man nicht in der Förderstunde, sondern beim Tischdecken“, sagte Familienminister Ludger Achterkamp.',
      'Der Landtag berät das geänderte Kindergartengesetz im kommenden Monat. Die Träger haben ihre Zustimmung signalisiert.',
    ],
    image: {
      alt: 'Eine Erzieherin liest drei Kindern aus einem großen Bilderbuch vor.',
      credit: 'Kita Rappelkiste, Oberrheinberg / Günter Mühlhaus',
    },
  },
  {
    slug: 'pm-309',
    topic: 'jugendsozialarbeit',
    headline: 'Jugendwerkstätten: Fünf Jahre Planungssicherheit',
    lead: 'Die Förderung der 28 Jugendwerkstätten läuft künftig über fünf Jahre statt über eines.',
    text: [
      'Jugendwerkstätten geben jungen Menschen Halt, die in der Schule keinen Anschluss gefunden haben. Bisher mussten die Träger jedes Jahr neu beantragen.',
      '„Beziehungen wachsen nicht im Haushaltsjahr“, sagte Arbeits- und Familienminister Ludger Achterkamp.',
      'Insgesamt stellt das Land 31 Millionen Euro bereit. Neu gefördert werden Werkstätten, die digitale Berufe erproben.',
    ],
  },
  {
    slug: 'pm-308',
    topic: 'beteiligung',
    headline: 'Jugendcheck: Neue Gesetze werden auf ihre Folgen für Junge geprüft',
    lead: 'Rheinberg führt als erstes Land der Region eine verbindliche Prüfung ein.',
    text: [
      'Jeder Gesetzentwurf der Landesregierung wird künftig darauf geprüft, welche Folgen er für Menschen zwischen 12 und 27 Jahren hat. Das Ergebnis wird veröffentlicht.',
      '„Wer die Schulden von morgen und das Klima von übermorgen beschließt, sollte die fragen, die dann leben“, sagte Staatssekretärin Yasemin Ertürk-Bauer.',
      'Der Landesjugendring hat das Prüfraster mitentwickelt. Es umfasst sechs Fragen und passt auf eine Seite.',
    ],
    image: {
      alt: 'Zwei Jugendliche beugen sich über einen ausgedruckten Gesetzentwurf und markieren Stellen.',
      credit: 'Landesjugendring Rheinberg / Jürgen Weiß',
    },
  },
  {
    slug: 'pm-307',
    topic: 'flucht-und-migration',
    headline: 'Brückenjahr für junge Geflüchtete wird zum Regelangebot',
    lead: 'Sprache, Praktikum und Berufsorientierung in einem Jahr: 1.100 Plätze stehen bereit.',
    text: [
      'Das Brückenjahr verbindet Deutschunterricht mit Praktika in drei Berufsfeldern. Nach einem Jahr wechseln die Teilnehmenden in Ausbildung oder Schule.',
      '„Ich wusste nicht, dass es den Beruf Orthopädietechniker gibt, jetzt lerne ich ihn“, berichtet Absolvent Mahdi Rezai.',
      'Angeboten wird das Brückenjahr an 22 beruflichen Schulen. Die Kammern begleiten die Betriebe.',
    ],
  },
  {
    slug: 'pm-306',
    topic: 'hilfen-zur-erziehung',
    headline: 'Heimerziehung: Aufsicht wird gestärkt, Kinder kommen selbst zu Wort',
    lead: 'Das Landesjugendamt erhält 16 neue Stellen. Jede Einrichtung wird mindestens alle zwei Jahre besucht.',
    text: [
      'Die Heimaufsicht in Rheinberg wird neu geordnet. Zu jedem Besuch gehören künftig vertrauliche Gespräche mit den Kindern und Jugendlichen.',
      '„Die wichtigsten Auskünfte stehen in keiner Akte“, sagte Familienminister Ludger Achterkamp.',
      'Ein landesweiter Rat aus Jugendlichen, die in Wohngruppen leben, begleitet die Reform. Er tagt viermal im Jahr.',
    ],
  },
  {
    slug: 'pm-305',
    topic: 'jugendarbeit',
    headline: 'Jugendverbände: Erhöhung gleicht gestiegene Kosten aus',
    lead: 'Die Zuschüsse für Freizeiten und Bildungsstätten steigen um 15 Prozent.',
    text: [
      'Zeltlager, Seminare und internationale Begegnungen werden in Rheinberg künftig höher bezuschusst. Damit reagiert das Land auf gestiegene Preise für Busse, Unterkünfte und Verpflegung.',
      '„Eine Freizeit ist für viele Kinder der einzige Urlaub im Jahr“, sagte Staatssekretärin Yasemin Ertürk-Bauer.',
      'Zusätzlich fördert das Land die Sanierung von elf Jugendbildungsstätten. Die ersten Bauarbeiten beginnen im Frühjahr.',
    ],
    image: {
      alt: 'Bunte Zelte stehen im Morgennebel auf einer Wiese.',
      credit: 'Pfadfinderbund Rheinberg / Käthe Süß',
    },
  },
  {
    slug: 'pm-304',
    topic: 'familie',
    headline: 'Großeltern auf Zeit: Neues Netzwerk für Patenschaften',
    lead: 'Ältere Menschen begleiten Kinder, deren Großeltern weit entfernt leben. Das Land fördert 24 Standorte.',
    text: [
      'Vorlesen, Radfahren lernen, Plätzchen backen: In 24 Städten und Gemeinden vermitteln Familienbildungsstätten künftig Patengroßeltern.',
      '„Ich habe drei Enkel in Kanada und seit März zwei in der Nachbarstraße“, erzählt Patin Hannelore Grünewald.',
      'Alle Ehrenamtlichen legen ein erweitertes Führungszeugnis vor und nehmen an einer Schulung teil.',
    ],
  },
  {
    slug: 'pm-303',
    topic: 'kindertagesbetreuung',
    headline: 'Ausbau der Kindertagespflege: 2.000 neue Plätze bis 2028',
    lead: 'Großtagespflegestellen in Betrieben und Genossenschaften werden erstmals gefördert.',
    text: [
      'Wo Kitas fehlen, kann Kindertagespflege schneller entstehen. Das Land fördert bis 2028 rund 2.000 neue Plätze mit je 6.000 Euro.',
      '„Gute Betreuung misst sich nicht an der Größe des Hauses“, sagte Familienminister Ludger Achterkamp.',
      'Betriebe können sich zusammenschließen. Die Fachberatung übernehmen die Jugendämter.',
    ],
  },
  {
    slug: 'pm-302',
    topic: 'kinder-und-jugendschutz',
    headline: 'Jugendmedienschutz: Beratungsstelle hilft bei Abzocke in Spielen',
    lead: 'Glücksspielähnliche Elemente in Apps führen immer häufiger zu hohen Rechnungen. Eltern finden nun Hilfe.',
    text: [
      'Beutekisten, Glücksräder, künstliche Wartezeiten: Viele Spiele sind darauf angelegt, dass Kinder Geld ausgeben. Die neue Beratungsstelle bei der Verbraucherzentrale hilft Eltern, Zahlungen zurückzufordern.',
      '„Wir sprechen von Summen bis zu mehreren tausend Euro“, sagte Staatssekretärin Yasemin Ertürk-Bauer.',
      'Das Land setzt sich zugleich dafür ein, dass solche Elemente zu einer höheren Altersfreigabe führen.',
    ],
    image: {
      alt: 'Ein Kind hält ein Tablet, auf dem sich ein buntes Glücksrad dreht.',
      credit: 'Verbraucherzentrale Rheinberg / Björn Kästner',
    },
  },
  {
    slug: 'pm-301',
    topic: 'jugendsozialarbeit',
    headline: 'Streetwork in Kleinstädten: Elf Teams gehen auf Jugendliche zu',
    lead: 'Mobile Jugendarbeit war bisher eine Sache der Großstädte. Das ändert ein neues Landesprogramm.',
    text: [
      'Am Bahnhof, am Flussufer, vor dem Supermarkt: Elf Teams der mobilen Jugendarbeit nehmen in Kleinstädten ihre Arbeit auf.',
      '„Wir kommen, ohne dass uns jemand gerufen hat, und bleiben, wenn man uns lässt“, beschreibt Streetworkerin Özlem Täuber ihre Arbeit.',
      'Das Programm ist auf sechs Jahre angelegt. Kommunen tragen ein Fünftel der Kosten.',
    ],
  },
  {
    slug: 'pm-300',
    topic: 'flucht-und-migration',
    headline: 'Dolmetschen per Video: Jugendämter erhalten Zugang in 30 Sprachen',
    lead: 'Innerhalb weniger Minuten steht eine vereidigte Dolmetscherin oder ein Dolmetscher bereit.',
    text: [
      'Gespräche über das Wohl eines Kindes dürfen nicht daran scheitern, dass jemand übersetzen muss. Alle 41 Jugendämter in Rheinberg können deshalb ab sofort Videodolmetschende hinzuziehen.',
      '„Kinder sollen nicht länger für ihre Eltern übersetzen müssen, schon gar nicht, wenn es um sie selbst geht“, sagte Familienminister Ludger Achterkamp.',
      'Der Dienst ist werktags von 7 bis 20 Uhr erreichbar, in Notfällen rund um die Uhr.',
    ],
  },
  {
    slug: 'pm-299',
    topic: 'beteiligung',
    headline: 'Politische Bildung: Planspiel „Dein Landtag“ für alle zehnten Klassen',
    lead: 'Einen Tag lang beraten Schüler:innen als Abgeordnete über ein echtes Gesetz.',
    text: [
      'Fraktion, Ausschuss, Abstimmung: Das Planspiel „Dein Landtag“ steht künftig allen zehnten Klassen offen. Das Land übernimmt Fahrt und Verpflegung.',
      '„Kompromiss klingt langweilig, bis man selbst einen gefunden hat“, sagt Schülerin Fatma Yıldız aus Niederau.',
      'Bislang haben 9.000 Jugendliche teilgenommen. Eine Fassung in Leichter Sprache folgt im Herbst.',
    ],
    image: {
      alt: 'Jugendliche heben in einem Plenarsaal grüne Stimmkarten.',
      credit: 'Landtag Rheinberg / Jörg Fröhlich',
    },
  },
  {
    slug: 'pm-298',
    topic: 'hilfen-zur-erziehung',
    headline: 'Bereitschaftspflege: Höheres Pflegegeld und feste Ansprechpersonen',
    lead: 'Familien, die Kinder von einer Stunde auf die andere aufnehmen, werden besser unterstützt.',
    text: [
      'Bereitschaftspflegefamilien nehmen Kinder auf, wenn es schnell gehen muss. Ihr Pflegegeld steigt zum Jahresbeginn um 25 Prozent, auch in Zeiten ohne Belegung.',
      '„Diese Familien sind die Feuerwehr der Jugendhilfe“, sagte Staatssekretärin Yasemin Ertürk-Bauer.',
      'Jede Familie erhält eine feste Ansprechperson beim Jugendamt, die auch am Wochenende erreichbar ist.',
    ],
  },
];
