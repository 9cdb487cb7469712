import type { Release } from '../release.ts';

/** Newest first. */
export const bundesstelle: readonly Release[] = [
  {
    slug: 'bks-119',
    topic: 'flucht-und-migration',
    headline: 'Junge Geflüchtete: Ausbildung gelingt, wo Begleitung bleibt',
    lead: 'Eine Auswertung von 2.300 Bildungswegen zeigt, was nach dem Ende der Jugendhilfe trägt.',
    text: [
      'Junge Geflüchtete schließen ihre Ausbildung fast doppelt so oft ab, wenn sie über den 18. Geburtstag hinaus begleitet werden. Das zeigt eine Auswertung der Bundesstelle für Kinder- und Jugendfragen.',
      '„Mit der Volljährigkeit endet das Recht auf vieles, aber nicht der Bedarf“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Die Bundesstelle empfiehlt, Hilfen für junge Volljährige bis zum Abschluss der Ausbildung zu bewilligen.',
    ],
    image: {
      alt: 'Ein junger Mann mit Schutzbrille arbeitet in einer Lehrwerkstatt an einer Drehbank.',
      credit: 'Bundesstelle für Kinder- und Jugendfragen / Nele Brandis',
    },
  },
  {
    slug: 'bks-118',
    topic: 'kinder-und-jugendschutz',
    headline: 'Jugendschutz in Apps: Nur jede fünfte prüft das Alter',
    lead: 'Die Bundesstelle hat 120 beliebte Anwendungen untersucht und legt Empfehlungen für Anbieter und Eltern vor.',
    text: [
      'Nur 24 von 120 untersuchten Apps prüfen wirksam, wie alt ihre Nutzer:innen sind. Das ist das Ergebnis einer Untersuchung, die die Bundesstelle für Kinder- und Jugendfragen heute veröffentlicht hat.',
      '„Ein Häkchen bei ‚Ich bin 16‘ ist kein Jugendschutz“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Der Bericht empfiehlt Voreinstellungen, die jüngere Menschen von sich aus schützen: keine Standortfreigabe, keine Kontaktanfragen von Fremden, Ruhezeiten in der Nacht.',
    ],
    image: {
      alt: 'Die Hände eines Kindes halten ein Smartphone mit einem Schloss-Symbol auf dem Bildschirm.',
      credit: 'Bundesstelle für Kinder- und Jugendfragen / Nele Brandis',
    },
  },
  {
    slug: 'bks-117',
    topic: 'beteiligung',
    headline: 'Jugendstudie: Vertrauen in Demokratie ist hoch, in Parteien gering',
    lead: 'Mehr als 5.000 junge Menschen zwischen 14 und 25 Jahren wurden befragt.',
    text: [
      'Acht von zehn jungen Menschen halten die Demokratie für die beste Staatsform. Nur jeder dritte fühlt sich von einer Partei vertreten. Das zeigt die Jugendstudie, die heute in Berlin vorgestellt wurde.',
      '„Das ist kein Desinteresse, das ist eine Erwartung“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Besonders groß ist der Wunsch nach Beteiligung vor Ort: 71 Prozent würden sich in ihrer Gemeinde engagieren, wenn sie wüssten, wie.',
    ],
  },
  {
    slug: 'bks-116',
    topic: 'kindertagesbetreuung',
    headline: 'Frühe Bildung: Monitoring sieht Fortschritte und große Unterschiede',
    lead: 'Die Personalschlüssel haben sich verbessert, doch der Abstand zwischen den Regionen bleibt.',
    text: [
      'In Krippen betreut eine Fachkraft rechnerisch 3,9 Kinder, vor fünf Jahren waren es noch 4,4. Zwischen den Regionen liegen jedoch bis zu zwei Kinder Unterschied.',
      '„Der Wohnort entscheidet noch immer zu stark über die Qualität der frühen Bildung“, erklärte Referatsleiter Paul Sommerlath.',
      'Das Monitoring erscheint alle zwei Jahre. Die Daten stehen zum Herunterladen bereit.',
    ],
    image: {
      alt: 'Eine Reihe kleiner Gummistiefel steht im Flur einer Kita.',
      credit: 'Bundesstelle für Kinder- und Jugendfragen / Nele Brandis',
    },
  },
  {
    slug: 'bks-115',
    topic: 'jugendarbeit',
    headline: 'Internationale Jugendarbeit: Begegnungen erreichen wieder Vorkrisenniveau',
    lead: 'Im vergangenen Jahr nahmen 94.000 junge Menschen an geförderten Begegnungen teil.',
    text: [
      'Erstmals seit sieben Jahren haben wieder mehr als 90.000 junge Menschen an internationalen Begegnungen teilgenommen. Am stärksten wuchs der Austausch mit Polen, Griechenland und Israel.',
      '„Zwei Wochen gemeinsamer Alltag ersetzen hundert Seiten Landeskunde“, sagte Referatsleiter Paul Sommerlath.',
      'Träger können Mittel für das kommende Jahr bis zum 31. Januar beantragen. Neu ist ein Zuschlag für Teilnehmende mit Behinderungen.',
    ],
  },
  {
    slug: 'bks-114',
    topic: 'hilfen-zur-erziehung',
    headline: 'Statistik: Zahl der Kinder in Pflegefamilien bleibt stabil',
    lead: 'Rund 86.000 junge Menschen lebten im vergangenen Jahr in einer Pflegefamilie, etwas mehr als ein Jahr zuvor.',
    text: [
      'Die Zahl der Kinder und Jugendlichen in Pflegefamilien ist um 0,6 Prozent gestiegen. Gleichzeitig suchen Jugendämter länger nach geeigneten Familien.',
      '„Wir dürfen die Stabilität nicht mit Entwarnung verwechseln“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Die Bundesstelle veröffentlicht mit der Statistik erstmals Angaben zum Verbleib junger Menschen ein Jahr nach Ende der Hilfe.',
    ],
  },
  {
    slug: 'bks-113',
    topic: 'flucht-und-migration',
    headline: 'Ankommen im Sport: 300 Vereine für Integration ausgezeichnet',
    lead: 'Die ausgezeichneten Vereine öffnen ihre Angebote gezielt für Kinder aus geflüchteten Familien.',
    text: [
      'Schwimmkurse für Mädchen, Fußball ohne Mitgliedsbeitrag, Fahrgemeinschaften zum Training: 300 Vereine sind heute für ihre Integrationsarbeit ausgezeichnet worden.',
      '„Beim Doppelpass fragt niemand nach dem Aufenthaltstitel“, sagte Referatsleiter Paul Sommerlath bei der Preisverleihung.',
      'Jeder Verein erhält 2.000 Euro. Die Bewerbungsphase für das kommende Jahr beginnt im März.',
    ],
    image: {
      alt: 'Mädchen in verschiedenfarbigen Trikots klatschen sich auf einem Fußballplatz ab.',
      credit: 'Sportjugend / Dilan Aksoy',
    },
  },
  {
    slug: 'bks-112',
    topic: 'familie',
    headline: 'Familienbericht: Eltern wünschen sich vor allem Zeit',
    lead: 'Zwei Drittel der Väter würden gern weniger, die Hälfte der Mütter gern mehr arbeiten.',
    text: [
      'Der Familienbericht der Bundesstelle zeigt, wie weit Wunsch und Alltag auseinanderliegen. Zwei von drei Vätern möchten ihre Arbeitszeit verringern, jede zweite Mutter möchte sie erhöhen.',
      '„Partnerschaftlichkeit scheitert selten am Willen, oft am Dienstplan“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Der Bericht empfiehlt eine Familienarbeitszeit, verlässliche Randzeiten in der Betreuung und weniger Stichtage beim Elterngeld.',
    ],
  },
  {
    slug: 'bks-111',
    topic: 'jugendsozialarbeit',
    headline: 'Ausbildung: Assistierte Ausbildung hilft zwei von drei Jugendlichen zum Abschluss',
    lead: 'Eine Auswertung von 12.000 Verläufen zeigt, welche Unterstützung am meisten bewirkt.',
    text: [
      'Wer während der Ausbildung eine feste Begleitung hat, schließt sie deutlich häufiger ab. Das ergibt die Auswertung von 12.000 Verläufen aus sechs Jahren.',
      '„Entscheidend ist nicht die Zahl der Maßnahmen, sondern dass dieselbe Person bleibt“, erklärte Referatsleiter Paul Sommerlath.',
      'Die Bundesstelle empfiehlt, die Begleitung schon ein halbes Jahr vor dem Ausbildungsbeginn einzusetzen.',
    ],
    image: {
      alt: 'Eine Ausbilderin erklärt einer Jugendlichen eine Drehmaschine.',
      credit: 'Berufsbildungswerk Nord / Tobias Ehlert',
    },
  },
  {
    slug: 'bks-110',
    topic: 'beteiligung',
    headline: 'Kinderrechte: Leitfaden für kindgerechte Verwaltung erschienen',
    lead: 'Auf 48 Seiten zeigt der Leitfaden, wie Behörden Kinder anhören und verständlich antworten.',
    text: [
      'Wie erklärt man einem neunjährigen Kind einen Bescheid? Der Leitfaden für kindgerechte Verwaltung gibt Antworten mit Beispielen aus 30 Kommunen.',
      '„Was ein Kind versteht, versteht meist auch der Rest der Familie“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Der Leitfaden ist kostenfrei erhältlich. Schulungen für Jugend-, Sozial- und Ausländerbehörden beginnen im Frühjahr.',
    ],
  },
  {
    slug: 'bks-109',
    topic: 'kinder-und-jugendschutz',
    headline: 'Meldewege bei sexualisierter Gewalt im Netz werden gebündelt',
    lead: 'Eine gemeinsame Anlaufstelle ersetzt fünf verschiedene Formulare.',
    text: [
      'Kinder, Eltern und Fachkräfte können Übergriffe im Netz künftig an einer Stelle melden. Von dort gehen die Hinweise an Polizei, Plattformen und Beratungsstellen.',
      '„Wer Hilfe sucht, soll nicht erst Zuständigkeiten studieren“, sagte Referatsleiter Paul Sommerlath.',
      'Meldungen sind ohne Angabe des Namens möglich. Eine erste Antwort gibt es innerhalb eines Werktags.',
    ],
  },
  {
    slug: 'bks-108',
    topic: 'jugendarbeit',
    headline: 'Freiwilligendienste: Mehr Bewerbungen als Plätze',
    lead: 'Auf 100 Plätze kamen im vergangenen Jahr 131 Bewerbungen. Besonders gefragt sind Umwelt und Kultur.',
    text: [
      'Das Interesse an den Freiwilligendiensten ist so hoch wie seit zehn Jahren nicht. In der Umwelt kommen auf einen Platz mehr als zwei Bewerbungen.',
      '„Junge Menschen stehen Schlange, um etwas für andere zu tun“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Die Bundesstelle spricht sich für mehr Plätze in kleinen Einsatzstellen aus und für einen Zuschuss zu den Wohnkosten.',
    ],
    image: {
      alt: 'Zwei junge Menschen setzen am Ufer eines Bachs eine Weide.',
      credit: 'Bundesstelle für Kinder- und Jugendfragen / Kilian Ostrowski',
    },
  },
  {
    slug: 'bks-107',
    topic: 'flucht-und-migration',
    headline: 'Handreichung: Jugendmigrationsdienste und Schule arbeiten zusammen',
    lead: 'Praxisbeispiele aus 20 Städten zeigen, wie neu zugewanderte Jugendliche schneller ankommen.',
    text: [
      'Was braucht eine Schule, die mitten im Schuljahr 15 neue Jugendliche aufnimmt? Eine Handreichung sammelt Antworten aus 20 Städten, vom Willkommensordner bis zur Elternlotsin.',
      '„Die besten Lösungen sind erstaunlich klein“, sagte Referatsleiter Paul Sommerlath.',
      'Die Handreichung liegt in gedruckter Form allen Jugendmigrationsdiensten vor und kann nachbestellt werden.',
    ],
  },
  {
    slug: 'bks-106',
    topic: 'familie',
    headline: 'Frühe Hilfen: Digitale Sprechstunde ergänzt den Hausbesuch',
    lead: 'In einem Modellversuch nutzten vor allem Familien auf dem Land das neue Angebot.',
    text: [
      'Ein kurzer Anruf mit Bild statt einer Stunde Fahrt: In 15 Landkreisen wurde eine digitale Sprechstunde der Frühen Hilfen erprobt. 82 Prozent der Familien würden sie wieder nutzen.',
      '„Der Bildschirm ersetzt nicht die Hand auf der Schulter, aber er verkürzt das Warten darauf“, sagte Präsidentin Prof. Dr. Almut Reichenow.',
      'Der Abschlussbericht enthält Hinweise zu Datenschutz, Technik und Gesprächsführung.',
    ],
    image: {
      alt: 'Ein Paar mit Neugeborenem sitzt vor einem Laptop und lächelt in die Kamera.',
      credit: 'Modellprojekt Frühe Hilfen digital / Ida Wenzel',
    },
  },
  {
    slug: 'bks-105',
    topic: 'jugendsozialarbeit',
    headline: 'Schulsozialarbeit: Empfehlung für eine Stelle je 150 Jugendliche',
    lead: 'Ein Fachbeirat hat erstmals einen Richtwert für die Ausstattung von Schulen vorgelegt.',
    text: [
      'Eine Vollzeitstelle je 150 Schüler:innen, an Schulen in belasteten Lagen je 100: Das empfiehlt der Fachbeirat der Bundesstelle für die Schulsozialarbeit.',
      '„Ohne Richtwert ist jede Stelle Verhandlungssache“, sagte die Vorsitzende des Beirats, Prof. Dr. Carola Steinmetz.',
      'Derzeit kommen im Mittel 430 Jugendliche auf eine Stelle. Die Empfehlung richtet sich an Länder und Schulträger.',
    ],
  },
  {
    slug: 'bks-104',
    topic: 'kindertagesbetreuung',
    headline: 'Kindertagespflege: Bundesweites Netz für Vertretungen gefordert',
    lead: 'Fällt eine Tagespflegeperson aus, stehen Eltern oft ohne Betreuung da. Ein Gutachten zeigt Auswege.',
    text: [
      'In vier von zehn Jugendamtsbezirken gibt es keine verlässliche Vertretung in der Kindertagespflege. Ein Gutachten im Auftrag der Bundesstelle vergleicht sechs Modelle, die sich bewährt haben.',
      '„Eine Vertretung, die das Kind nicht kennt, ist keine“, sagte Referatsleiter Paul Sommerlath.',
      'Empfohlen werden Stützpunkte, die mehrere Tagespflegestellen betreuen und die Kinder regelmäßig besuchen.',
    ],
  },
];
