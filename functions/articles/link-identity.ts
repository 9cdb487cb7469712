/**
 * What all spellings of an address share: no scheme, no slash at the end, parameters in order. Articles are filed under
 * it; readers are sent to the address as it was.
 *
 * @param link absolute URL
 */
export function linkIdentity(link: string): string {
  const { host, pathname, searchParams } = new URL(link);
  searchParams.sort();
  const search = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  return `${host.replace(/:(?:80|443)$/, '')}${pathname.replace(/\/$/, '')}${search}`;
}
