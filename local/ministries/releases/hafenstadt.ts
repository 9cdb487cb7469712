import type { Release } from '../release.ts';

/** Newest first. */
export const hafenstadt: readonly Release[] = [
  {
    slug: '1587340',
    topic: 'kindertagesbetreuung',
    headline: 'Kitaplatz-Finder zeigt freie Plätze jetzt auf den Tag genau',
    lead: 'Eltern sehen ab sofort, welche Kita in ihrer Nähe wann einen Platz hat, und können sich gleich vormerken lassen.',
    text: [
      'Wer in Hafenstadt einen Kitaplatz sucht, muss nicht mehr Haus für Haus anrufen. Der Kitaplatz-Finder zeigt freie Plätze nun tagesaktuell.',
      '„Die Suche nach einem Platz soll keine zweite Arbeitsstelle sein“, sagte Jugendsenator Tarek Lindemann.',
      'Beteiligt sind 1.140 der 1.290 Einrichtungen der Stadt, die übrigen folgen bis zum Sommer.',
    ],
  },
  {
    slug: '1587213',
    topic: 'jugendarbeit',
    headline: 'Jugendclub am Speicher eröffnet nach Umbau wieder',
    lead: 'Nach zwei Jahren Bauzeit haben Jugendliche in der Speichervorstadt ihren Club zurück, geplant haben sie ihn selbst.',
    text: [
      'Mit einem Straßenfest hat der Jugendclub am Speicher heute wieder geöffnet. Werkstatt, Tonstudio und Küche sind barrierefrei erreichbar.',
      '„Die Jugendlichen haben jeden Grundriss gesehen und mehr als einen verworfen“, sagte Jugendsenator Tarek Lindemann. „Das sieht man dem Haus an.“',
      'Der Umbau kostete 3,1 Millionen Euro und wurde aus dem Landesprogramm Soziale Orte bezahlt.',
    ],
  },
  {
    slug: '1587108',
    topic: 'flucht-und-migration',
    headline: 'Willkommensklassen: Neue Lotsen begleiten den Übergang in die Regelschule',
    lead: 'Vierzig Integrationslotsinnen und -lotsen unterstützen Kinder und Eltern ab März beim Wechsel aus der Willkommensklasse.',
    text: [
      'Der Wechsel aus einer Willkommensklasse in den Regelunterricht gelingt besser, wenn jemand die Familie kennt. Vierzig Lots:innen übernehmen diese Aufgabe ab März.',
      '„Viele Eltern fragen nicht, weil sie nicht wissen, dass man fragen darf“, sagte Staatssekretärin Friederike Vossbeck.',
      'Die Lots:innen sprechen zusammen 17 Sprachen und arbeiten an 110 Schulen der Stadt.',
    ],
  },
  {
    slug: '1586990',
    topic: 'kindertagesbetreuung',
    headline: 'Kita-Navigator zeigt freie Plätze in Echtzeit',
    lead: 'Eltern sehen künftig auf einen Blick, welche Kindertagesstätte in ihrer Nähe einen Platz frei hat.',
    text: [
      'Der Kita-Navigator der Stadt wird einmal täglich mit den Meldungen aller Träger abgeglichen. Eltern können bis zu fünf Einrichtungen vormerken und erhalten eine Nachricht, sobald ein Platz frei wird.',
      '„Das Klinkenputzen mit der Warteliste ist vorbei“, so Jugendsenator Tarek Lindemann.',
      'Das Angebot ist in zehn Sprachen verfügbar und auch ohne Smartphone in den Bürgerämtern nutzbar.',
    ],
  },
  {
    slug: '1586842',
    topic: 'kinder-und-jugendschutz',
    headline: 'Kinderschutzambulanzen melden mehr Beratungen, weniger Notfälle',
    lead: 'Fachkräfte suchen früher Rat: Die Zahl der Beratungen stieg um ein Fünftel, die der akuten Fälle sank leicht.',
    text: [
      'Die vier Kinderschutzambulanzen der Stadt haben ihren Jahresbericht vorgelegt. Danach wandten sich Kitas, Schulen und Praxen 4.100 Mal an die Ambulanzen, ein Fünftel häufiger als im Vorjahr.',
      '„Wer früh fragt, verhindert Schlimmeres“, sagte Kinderärztin Dr. Ruth Amelung, Leiterin der Ambulanz West.',
      'Der Senat stockt die Stellen in der Rufbereitschaft um sechs auf.',
    ],
  },
  {
    slug: '1586701',
    topic: 'familie',
    headline: 'Familienkasse auf Rädern: Beratungsbus fährt jetzt alle Bezirke an',
    lead: 'Wohngeld, Kinderzuschlag, Elterngeld: Der Beratungsbus der Stadt hilft ohne Termin direkt auf dem Wochenmarkt.',
    text: [
      'Nach einem erfolgreichen Jahr in drei Bezirken ist der Beratungsbus nun in der ganzen Stadt unterwegs. Jede Woche hält er an zwölf Orten.',
      '„Viele Familien verzichten auf Geld, das ihnen zusteht“, sagte Staatssekretärin Friederike Vossbeck. „Wir fahren dorthin, wo sie ohnehin sind.“',
      'Den Fahrplan veröffentlichen die Bezirksämter. Beraten wird auf Deutsch, Türkisch, Arabisch, Ukrainisch und Vietnamesisch.',
    ],
  },
  {
    slug: '1586555',
    topic: 'jugendsozialarbeit',
    headline: 'Jugendberufsagentur: Ein Haus, ein Ansprechpartner, eine Akte',
    lead: 'In der Osterstadt arbeiten Arbeitsagentur, Jobcenter und Jugendhilfe erstmals mit einer gemeinsamen digitalen Fallakte.',
    text: [
      'Junge Menschen müssen ihre Geschichte künftig nur noch einmal erzählen. In der Jugendberufsagentur Osterstadt führen alle drei Partner eine gemeinsame Akte, wenn die Jugendlichen zustimmen.',
      '„Datenschutz und gute Beratung sind keine Gegensätze“, so Jugendsenator Tarek Lindemann. „Die Jugendlichen sehen selbst, wer was eingetragen hat.“',
      'Bewährt sich das Verfahren, soll es im Herbst auf alle sechs Standorte übertragen werden.',
    ],
  },
  {
    slug: '1586420',
    topic: 'beteiligung',
    headline: 'Kinder- und Jugendparlamente erhalten Antragsrecht',
    lead: 'Die Bezirke müssen Anträge der Kinder- und Jugendparlamente künftig binnen drei Monaten behandeln.',
    text: [
      'Das Abgeordnetenhaus hat das Gesetz zur Stärkung der Beteiligung beschlossen. Kinder- und Jugendparlamente in den Bezirken können damit selbst Anträge stellen.',
      '„Mitreden ist gut, mitentscheiden ist besser“, sagte Jugendsenator Tarek Lindemann nach der Abstimmung.',
      'Jeder Bezirk richtet eine hauptamtliche Koordinierungsstelle ein. Das Land trägt die Kosten.',
    ],
  },
  {
    slug: '1586311',
    topic: 'hilfen-zur-erziehung',
    headline: 'Krisendienst für Jugendliche jetzt rund um die Uhr erreichbar',
    lead: 'Unter einer einheitlichen Nummer melden sich Jugendliche und Eltern zu jeder Tages- und Nachtzeit.',
    text: [
      'Der Krisendienst der Jugendhilfe ist ab sofort auch nachts und an Feiertagen besetzt. Bisher endete die Beratung um 22 Uhr.',
      '„Krisen halten sich nicht an Öffnungszeiten“, sagte Staatssekretärin Friederike Vossbeck.',
      'Das Team vermittelt bei Bedarf noch in der Nacht einen Schutzplatz. Im vergangenen Jahr war das 900 Mal nötig.',
    ],
  },
  {
    slug: '1586195',
    topic: 'kindertagesbetreuung',
    headline: 'Quereinstieg in die Kita: 500 Plätze im kommenden Ausbildungsjahr',
    lead: 'Wer aus einem anderen Beruf kommt, kann sich berufsbegleitend zur Erzieherin oder zum Erzieher ausbilden lassen.',
    text: [
      'Die Stadt finanziert im kommenden Jahr 500 Plätze für den Quereinstieg. Die Teilnehmenden arbeiten an drei Tagen in der Kita und lernen an zwei Tagen an der Fachschule.',
      '„Eine Tischlerin und ein Koch bringen etwas mit, das Kinder begeistert“, so Jugendsenator Tarek Lindemann.',
      'Im ersten Jahr werden die neuen Kräfte nicht auf den Personalschlüssel angerechnet.',
    ],
  },
  {
    slug: '1586022',
    topic: 'flucht-und-migration',
    headline: 'Unbegleitete minderjährige Geflüchtete: Vormundschaften werden ehrenamtlich gestärkt',
    lead: 'Eine neue Servicestelle gewinnt und schult Menschen, die eine Vormundschaft übernehmen möchten.',
    text: [
      'Derzeit leben rund 1.900 unbegleitete minderjährige Geflüchtete in der Stadt. Eine Servicestelle soll mehr Ehrenamtliche für Vormundschaften gewinnen.',
      '„Ein Vormund ist kein Aktenzeichen, sondern jemand, der zum Elternabend geht“, sagte Staatssekretärin Friederike Vossbeck.',
      'Die Schulung umfasst vier Abende. Danach begleitet eine Fachkraft die Ehrenamtlichen durch das erste Jahr.',
    ],
  },
  {
    slug: '1585874',
    topic: 'jugendarbeit',
    headline: 'Freiwilliges Jahr in der Kultur: Taschengeld steigt',
    lead: 'Jugendliche in den Freiwilligendiensten der Stadt erhalten ab September 80 Euro mehr im Monat.',
    text: [
      'Das Land hebt das Taschengeld in den Freiwilligendiensten zum September auf 530 Euro an und zahlt allen ein Monatsticket.',
      '„Ein Freiwilligendienst darf keine Frage des elterlichen Kontos sein“, sagte Jugendsenator Tarek Lindemann.',
      'In der Stadt leisten derzeit 1.250 junge Menschen einen solchen Dienst, die meisten in Kultur, Sport und Denkmalpflege.',
    ],
  },
  {
    slug: '1585719',
    topic: 'kinder-und-jugendschutz',
    headline: 'Testkäufe: Jede vierte Verkaufsstelle gibt Alkohol an Minderjährige ab',
    lead: 'Der Senat kündigt nach den Ergebnissen der Testkäufe mehr Kontrollen und Schulungen für Verkaufspersonal an.',
    text: [
      'Bei 820 Testkäufen haben Jugendliche in 203 Fällen Alkohol oder E-Zigaretten erhalten, obwohl sie das nötige Alter nicht hatten.',
      '„Das ist keine Bagatelle, sondern ein Verstoß gegen das Jugendschutzgesetz“, so Staatssekretärin Friederike Vossbeck.',
      'Die Ordnungsämter verdoppeln ihre Kontrollen. Schulungen für das Verkaufspersonal bietet die Handelskammer kostenfrei an.',
    ],
  },
  {
    slug: '1585603',
    topic: 'familie',
    headline: 'Alleinerziehende: Ergänzende Kinderbetreuung wird ausgeweitet',
    lead: 'Wer früh oder spät arbeitet, bekommt leichter eine Betreuung zu Hause. Das Programm MoKi wird auf alle Bezirke ausgedehnt.',
    text: [
      'Pflegekräfte, Busfahrerinnen, Köche: Viele Alleinerziehende arbeiten, wenn die Kita geschlossen ist. Die mobile Kinderbetreuung MoKi kommt in diesen Stunden nach Hause.',
      '„Vereinbarkeit endet nicht um 17 Uhr“, sagte Jugendsenator Tarek Lindemann.',
      'Das Angebot richtet sich an Kinder bis zwölf Jahre. Der Eigenanteil bemisst sich nach dem Einkommen.',
    ],
  },
  {
    slug: '1585488',
    topic: 'hilfen-zur-erziehung',
    headline: 'Jugendämter: Einarbeitung für 300 neue Fachkräfte',
    lead: 'Ein halbes Jahr mit Mentorin oder Mentor soll den Einstieg in den Regionalen Sozialdienst erleichtern.',
    text: [
      'Der Regionale Sozialdienst gilt als anspruchsvollster Arbeitsplatz der Jugendhilfe. Neue Fachkräfte werden deshalb künftig sechs Monate lang eingearbeitet, bevor sie eigene Fälle übernehmen.',
      '„Wir verlieren zu viele gute Leute im ersten Jahr“, räumte Staatssekretärin Friederike Vossbeck ein.',
      'Die zwölf Jugendämter haben sich auf einen gemeinsamen Lehrplan verständigt.',
    ],
  },
  {
    slug: '1585340',
    topic: 'jugendsozialarbeit',
    headline: 'Housing First für junge Wohnungslose startet mit 40 Wohnungen',
    lead: 'Erst die Wohnung, dann alles andere: Das Projekt richtet sich an Menschen zwischen 18 und 25 Jahren.',
    text: [
      'Vierzig kleine Wohnungen stellen die städtischen Gesellschaften für junge Menschen bereit, die auf der Straße oder bei wechselnden Bekannten leben.',
      '„Ohne Adresse kein Ausbildungsvertrag, so einfach ist das“, sagte Jugendsenator Tarek Lindemann.',
      'Sozialarbeiter:innen begleiten die jungen Mieter:innen, solange diese es wünschen. Bedingungen werden nicht gestellt.',
    ],
  },
];
