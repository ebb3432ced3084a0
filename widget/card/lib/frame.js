// A page of ours inside a page of the CRM: the frame, the session it is given, and what it asks of the CRM.
define([], function () {
  'use strict';

  const MOUNT_EVERY_MS = 100;
  const MOUNT_FOR_MS = 3000;
  const READY_WITHIN_MS = 20000;
  const LEAST_HEIGHT = 480;
  const MOST_HEIGHT = 30000;
  const MOST_NAMES = 50;
  const KINDS = ['users', 'contacts'];
  // The page runs its own scripts in its own origin; it may open tabs and save files, and nothing else.
  const MAY = 'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox';

  function theme() {
    return document.documentElement.getAttribute('data-color-scheme') === 'dark' ? 'dark' : 'light';
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  /**
   * @param given the widget's place, the address of our server, words(), session and names (see their modules), now()
   */
  return function createFrameArea(given) {
    const origin = given.backend.address;
    // What stands on the page now; null between areas. Whatever comes for an earlier one is let go.
    let live = null;

    function words() {
      return given.createWords(function () { return given.widget.i18n('frame'); });
    }

    function container() {
      return document.getElementById('work-area-' + given.place.code()) || document.getElementById('list_page_holder');
    }

    function send(message) {
      if (live && live.frame.contentWindow) {
        live.frame.contentWindow.postMessage(Object.assign({ amoltv: 1 }, message), origin);
      }
    }

    function quiet() {
      if (live.notice) {
        live.notice.remove();
        live.notice = null;
      }
    }

    /** Says above the frame what is wrong, what to do and whom to ask; the frame stays, it may still show what it has. */
    function complain(cause) {
      const text = words();
      quiet();
      const notice = element('div', 'ltvw-frame__notice');
      const again = element('button', 'ltvw-frame__again', text.say('again'));
      notice.setAttribute('role', 'alert');
      again.type = 'button';
      again.addEventListener('click', function () {
        if (cause === 'silent') {
          live.frame.src = live.address;
          expectReady();
          quiet();
        } else {
          hand();
        }
      });
      notice.append(
        element('p', 'ltvw-frame__cause', text.say('problems.' + (text.has('problems.' + cause) ? cause : 'failed'))),
        element('p', 'ltvw-frame__help', text.say('support', { support: given.backend.support })),
        again
      );
      live.root.prepend(notice);
      live.notice = notice;
    }

    /** Asks for a session and hands it over; a page that asks twice at once is answered once. */
    function hand() {
      const mine = live;
      if (mine.isAsking) {
        return;
      }
      mine.isAsking = true;
      given.session.open().then(function (session) {
        if (live === mine) {
          mine.isAsking = false;
          quiet();
          send({
            kind: 'session',
            token: session.token,
            expiresAt: session.expiresAt,
            language: given.place.language(),
            theme: theme(),
            area: mine.area
          });
        }
      }, function (cause) {
        if (live === mine) {
          mine.isAsking = false;
          complain(cause);
        }
      });
    }

    function tellNames(message) {
      const mine = live;
      if (KINDS.indexOf(message.of) < 0 || typeof message.request !== 'number' || !Array.isArray(message.ids) || message.ids.length > MOST_NAMES) {
        return;
      }
      given.names(message.of, message.ids).then(function (names) {
        if (live === mine) {
          send({ kind: 'names', request: message.request, names: names });
        }
      });
    }

    // As high as the page, and never less than what is left of the window: no seam below it.
    function grow(px) {
      if (typeof px === 'number' && px > 0) {
        const left = window.innerHeight - Math.max(live.frame.getBoundingClientRect().top + window.scrollY, 0);
        live.frame.style.height = Math.round(Math.min(Math.max(px, left, LEAST_HEIGHT), MOST_HEIGHT)) + 'px';
      }
    }

    // Only the page in our frame is listened to, and only while it is at our address.
    function hear(event) {
      const message = event.data;
      if (!live || event.source !== live.frame.contentWindow || event.origin !== origin || !message || message.amoltv !== 1) {
        return;
      }
      switch (message.kind) {
        case 'ready':
          clearTimeout(live.waiting);
          hand();
          break;
        case 'renew':
          hand();
          break;
        case 'names':
          tellNames(message);
          break;
        case 'height':
          grow(message.px);
          break;
      }
    }

    function expectReady() {
      const mine = live;
      clearTimeout(mine.waiting);
      mine.waiting = setTimeout(function () {
        if (live === mine) {
          complain('silent');
        }
      }, READY_WITHIN_MS);
    }

    function mount(area, place) {
      const frame = element('iframe', 'ltvw-frame__page');
      const root = element('div', 'ltvw-frame');
      const address = origin + '/pages/frame?account=' + encodeURIComponent(given.place.account())
        + '&parent=' + encodeURIComponent(window.location.origin);
      frame.title = words().say('title');
      frame.setAttribute('sandbox', MAY);
      frame.setAttribute('referrerpolicy', 'no-referrer');
      root.setAttribute('data-ltvw-frame', area);
      root.append(frame);
      live = { area: area, root: root, frame: frame, address: address, notice: null, waiting: null, isAsking: false, watch: null };
      window.addEventListener('message', hear);
      live.watch = new MutationObserver(function () { send({ kind: 'theme', theme: theme() }); });
      live.watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-color-scheme'] });
      expectReady();
      place.append(root);
      frame.src = address;
    }

    let mounting = null;

    function leave() {
      clearTimeout(mounting);
      mounting = null;
      window.removeEventListener('message', hear);
      if (live) {
        clearTimeout(live.waiting);
        live.watch.disconnect();
        live.root.remove();
        live = null;
      }
    }

    function attempt(area, since) {
      const place = container();
      if (place) {
        mount(area, place);
      } else if (given.now() - since < MOUNT_FOR_MS) {
        // The platform may make its container a moment later than it calls us.
        mounting = setTimeout(function () { attempt(area, since); }, MOUNT_EVERY_MS);
      } else {
        given.place.tell(words().say('title'), words().say('problems.noPlace') + ' ' + words().say('support', { support: given.backend.support }));
      }
    }

    return {
      /** @param {'settings'|'analytics'|'operations'} area what the page shows first */
      open: function (area) {
        leave();
        given.attachStyle();
        attempt(area, given.now());
      },

      close: leave
    };
  };
});
