/**
 * Runs at CloudFront on the way to the reader (viewer response, JavaScript runtime 2.0, no modules): sends the metadata
 * `link` and `last-modified` of a feed's object as the headers of that name.
 *
 * S3 sets neither: it knows no `Link`, and its own `Last-Modified` is when the object was written. CloudFront compares
 * `If-Modified-Since` with that one, which is never earlier than the content's, so what a reader has still to be spared is
 * decided here. An entity tag wins over a date (RFC 9110, 13.1.3), and CloudFront has compared it already.
 */
export const feedHeadersCode = `
function handler(event) {
  var request = event.request;
  var response = event.response;
  var headers = response.headers;
  ['link', 'last-modified'].forEach(function (name) {
    var stored = headers['x-amz-meta-' + name];
    if (stored) headers[name] = { value: stored.value };
    delete headers['x-amz-meta-' + name];
  });
  delete headers['x-amz-meta-sha256'];
  var since = request.headers['if-modified-since'];
  if (response.statusCode === 200 && since && !request.headers['if-none-match'] && headers['last-modified']
    && Date.parse(headers['last-modified'].value) <= Date.parse(since.value)) {
    response.statusCode = 304;
    response.statusDescription = 'Not Modified';
    response.body = { encoding: 'text', data: '' };
  }
  return response;
}
`.trim();
