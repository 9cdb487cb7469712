import type { TopicSlug } from '../../config/topics.ts';
import type { Clock } from '../../functions/platform/time.ts';
import { changeOf } from '../../functions/subscribers/change.ts';
import type { KeyringSource } from '../../functions/subscribers/keyring.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import type { Cadence } from '../../functions/subscribers/subscriber.ts';

interface DemoSubscriber {
  address: string;
  cadence: Cadence;
  topics: 'alle' | TopicSlug[];
}

const of = (cadence: Cadence, address: string, ...topics: TopicSlug[]): DemoSubscriber => ({
  address,
  cadence,
  topics: topics.length === 0 ? 'alle' : topics,
});

/** People who are made up, at addresses that no mail can reach (RFC 2606). */
export const demoSubscribers: readonly DemoSubscriber[] = [
  of('daily', 'jugendamt@kreis-ostermarsch.example'),
  of('daily', 'r.petersen@jugendring-nordmark.example', 'jugendarbeit', 'beteiligung'),
  of('daily', 'leitung@kita-weidenkorb.example', 'kindertagesbetreuung'),
  of('daily', 'presse@familienverband.example', 'familie'),
  of('daily', 'imke.carstens@jugendhilfe-lotsen.example', 'hilfen-zur-erziehung', 'kinder-und-jugendschutz'),
  of('daily', 'fachberatung@pflegekinder-nord.example', 'hilfen-zur-erziehung'),
  of('daily', 'kontakt@schulsozialarbeit-ost.example', 'jugendsozialarbeit'),
  of('daily', 'a.demir@migrationsdienst.example', 'flucht-und-migration', 'jugendsozialarbeit'),
  of('daily', 'redaktion@fachblatt-kita.example', 'kindertagesbetreuung', 'familie'),
  of('daily', 'kinderschutz@hafenstadt.example', 'kinder-und-jugendschutz'),
  of('daily', 'juleica@landesjugendring.example', 'jugendarbeit'),
  of('daily', 't.brandt@hochschule-rheinberg.example'),
  of('daily', 'dokumentation@institut-kindheit.example'),
  of('daily', 'ombudsstelle@jugendhilfe-recht.example', 'hilfen-zur-erziehung', 'beteiligung'),
  of('daily', 'medien@jugendschutz-netz.example', 'kinder-und-jugendschutz', 'jugendarbeit'),
  of('daily', 'fruehehilfen@kreis-seewalde.example', 'familie', 'kinder-und-jugendschutz'),
  of('daily', 'vormundschaft@kreis-seewalde.example', 'flucht-und-migration', 'hilfen-zur-erziehung'),
  of('daily', 'parlament@kinderbuero-hafenstadt.example', 'beteiligung'),
  of('daily', 'team@streetwork-niederau.example', 'jugendsozialarbeit', 'jugendarbeit'),
  of('daily', 'l.hoffmann@traegerverbund.example', 'kindertagesbetreuung', 'hilfen-zur-erziehung', 'familie'),
  of('daily', 'bildung@demokratiewerkstatt.example', 'beteiligung', 'jugendarbeit'),
  of('daily', 'sekretariat@fachschule-soziales.example', 'kindertagesbetreuung', 'jugendsozialarbeit'),
  of('weekly', 'vorstand@elternvertretung.example', 'familie', 'kindertagesbetreuung'),
  of('weekly', 'bibliothek@akademie-jugendhilfe.example'),
  of('weekly', 'm.okonkwo@netzwerk-ankommen.example', 'flucht-und-migration'),
  of('weekly', 'freiwillig@dienste-kultur.example', 'jugendarbeit'),
  of('instant', 'newsdesk@sozialpresse.example'),
  of('instant', 's.wagner@referat-kinderrechte.example', 'beteiligung', 'kinder-und-jugendschutz'),
];

/** Puts the demo's subscribers in, as imported: confirmed, and with everything since the first publication. */
export async function seedSubscribers(
  store: SubscriberStore,
  keyring: KeyringSource,
  clock: Clock,
): Promise<void> {
  const { pepper } = await keyring.load();
  const at = clock.now();
  for (const { address, cadence, topics } of demoSubscribers) {
    const sid = sidOf(address, pepper);
    const subscriber = {
      sid,
      address,
      state: 'confirmed' as const,
      subscriptions: [{ cadence, topics, since: 0 }],
      announcements: true,
      requestedAt: at.toString(),
      confirmedAt: at.toString(),
    };
    const entry = { event: 'imported' as const, reason: 'import' as const, proof: 'Demo' };
    // Those who are there already stay as they are: they may have changed their settings, or left.
    await store.put(changeOf(undefined, { subscriber, entry }, at));
  }
}
