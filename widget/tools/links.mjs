// Where users find help and learn what becomes of their data: the archive has to say both, and show both.

// What the source says until the packing script knows better.
const PLACEHOLDER = 'https://ltv.invalid/support';

export function isMail(text) {
  return /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text);
}

export function isPage(text) {
  return /^https:\/\/[^\s/]\S*$/.test(text);
}

/** @param {Map<string, Buffer>} files of the source, or of a packed archive, which has lib/backend.js besides */
export function* links(files, manifest, edition) {
  const { link, email } = manifest.widget?.support ?? {};
  if (link !== undefined && !isPage(link) && !isLoopback(link)) yield `manifest.json: widget.support.link ${link} is no https address.`;
  if (email !== undefined && !isMail(email)) yield `manifest.json: widget.support.email ${email} is no e-mail address.`;
  yield* shown(files);
  if (files.has('lib/backend.js')) yield* packed(files.get('lib/backend.js').toString('utf8'), { link, email }, edition);
}

/** A failure names our contacts, and whoever installs finds the policy beside the consent. */
function* shown(files) {
  const scripts = [...files].filter(([name]) => name.endsWith('.js') && name !== 'lib/backend.js').map(([, bytes]) => bytes.toString('utf8')).join('\n');
  if (!/\bbackend\.support\b/.test(scripts)) yield 'No script shows where help is found (backend.support).';
  if (!/\bbackend\.privacy\b/.test(scripts)) yield 'No script links the privacy policy (backend.privacy).';
  for (const [name, bytes] of files) {
    if (!name.startsWith('i18n/')) continue;
    const text = bytes.toString('utf8');
    if (!/"privacy": "[^"]+"/.test(text)) yield `${name} has no words for the link to the privacy policy (settings.privacy).`;
    if (!/\{support\}/.test(text)) yield `${name} has no sentence that names our contacts ({support}).`;
  }
}

function* packed(module, manifestSupport, edition) {
  const [support, privacy] = ['support', 'privacy'].map((name) => module.match(new RegExp(`"${name}": "([^"]*)"`))?.[1] ?? '');
  if (manifestSupport.link === PLACEHOLDER) yield 'manifest.json: widget.support is still the placeholder.';
  if ((manifestSupport.link ?? manifestSupport.email) !== support) yield 'lib/backend.js names another support than manifest.json.';
  if (privacy !== '' && !isPage(privacy)) yield `lib/backend.js: the privacy policy ${privacy} is no https address.`;
  if (edition !== 'public') return;
  const address = module.match(/"address": "([^"]*)"/)?.[1] ?? '';
  if (privacy === '') yield 'The public archive needs the address of your privacy policy: --privacy https://your-company.com/privacy.';
  if (support === address) yield 'The public archive needs your contacts for support: --support ltv@your-company.com.';
}

function isLoopback(address) {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(address);
}
