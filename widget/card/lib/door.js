// The way from the CRM to our pages outside it: a link that opens them in this user's name, once, within a minute.
define([], function () {
  'use strict';

  /**
   * @param given the widget's place, the address of our server, session and words() (see their modules)
   */
  return function createDoor(given) {
    function refuse(opened, cause) {
      const text = given.createWords(function () { return given.widget.i18n('frame'); });
      if (opened) {
        opened.close();
      }
      given.place.tell(
        text.say('title'),
        text.say('problems.' + (text.has('problems.' + cause) ? cause : 'failed')) + ' ' + text.say('support', { support: given.backend.support })
      );
    }

    /** @param {string} to where the pages begin, for example /analytics/overview */
    return function open(to) {
      // Opened while the click lasts: later a browser takes it for an advertisement.
      const opened = window.open('about:blank', '_blank');
      if (!opened) {
        refuse(null, 'blocked');
        return Promise.resolve();
      }
      opened.opener = null;
      return given.session.code().then(function (answer) {
        opened.location.replace(given.backend.address + answer.url + '&to=' + encodeURIComponent(to));
      }, function (cause) { refuse(opened, cause); });
    };
  };
});
