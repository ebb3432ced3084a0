using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.AmoCrm.Tests.OAuth;

[TestFixture]
public sealed class CrmHostTests
{
    private static readonly Uri[] Extra = [new("http://127.0.0.1:8080"), new("https://crm.example.com")];

    [TestCase("acme.amocrm.ru", "https://acme.amocrm.ru/")]
    [TestCase("acme-2.amocrm.com", "https://acme-2.amocrm.com/")]
    [TestCase("acme.kommo.com", "https://acme.kommo.com/")]
    public void Host_of_a_vendor_is_called_over_https(string referer, string address) =>
        Assert.That(CrmHost.Accept(referer, [])?.ToString(), Is.EqualTo(address));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("amocrm.ru")]
    [TestCase(".amocrm.ru")]
    [TestCase("evil.com")]
    [TestCase("acme.amocrm.ru.evil.com")]
    [TestCase("acme.amocrm.ru@evil.com")]
    [TestCase("evil.com@acme.amocrm.ru")]
    [TestCase("user:pass@acme.amocrm.ru")]
    [TestCase("acme.amocrm.ru:443")]
    [TestCase("acme.amocrm.ru:8443")]
    [TestCase("acme.amocrm.ru.")]
    [TestCase("acme.amocrm.ru/")]
    [TestCase("acme.amocrm.ru/evil")]
    [TestCase("acme.amocrm.ru?x=1")]
    [TestCase("acme.amocrm.ru#x")]
    [TestCase("acme.amocrm.ru\n")]
    [TestCase("acme.amocrm.ru\r\nHost: evil.com")]
    [TestCase(" acme.amocrm.ru")]
    [TestCase("a.b.amocrm.ru")]
    [TestCase("evil.com\\.amocrm.ru")]
    [TestCase("evil.com/.amocrm.ru")]
    [TestCase("evil.com%2f.amocrm.ru")]
    [TestCase("ACME.AMOCRM.RU")]
    [TestCase("acmе.amocrm.ru", Description = "with a Cyrillic letter")]
    [TestCase("acme.аmocrm.ru", Description = "with a Cyrillic letter")]
    [TestCase("acme。amocrm.ru", Description = "with an ideographic full stop")]
    [TestCase("acme.amocrm。ru", Description = "with an ideographic full stop")]
    [TestCase("https://acme.amocrm.ru")]
    [TestCase("//acme.amocrm.ru")]
    [TestCase("xn--80ak6aa92e.com")]
    [TestCase("acmeamocrm.ru")]
    [TestCase("acme.notamocrm.ru")]
    [TestCase("acme.kommo.com.")]
    [TestCase("127.0.0.1:8081")]
    [TestCase("127.0.0.1")]
    [TestCase("crm.example.com:8443")]
    [TestCase("www.crm.example.com")]
    public void Anything_else_is_refused(string? referer) =>
        Assert.That(CrmHost.Accept(referer, Extra), Is.Null);

    [TestCase("127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [TestCase("crm.example.com", "https://crm.example.com/")]
    public void Host_the_operator_added_is_called_as_it_was_added(string referer, string address) =>
        Assert.That(CrmHost.Accept(referer, Extra)?.ToString(), Is.EqualTo(address));

    [TestCase("crm.example.com", "https://crm.example.com/")]
    [TestCase("crm.example.com:8443", "https://crm.example.com:8443/")]
    [TestCase("127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [TestCase("localhost:8080", "http://localhost:8080/")]
    [TestCase("https://127.0.0.1:8443", "https://127.0.0.1:8443/")]
    [TestCase("http://[::1]:8080", "http://[::1]:8080/")]
    public void Operator_adds_a_host_with_or_without_a_scheme(string text, string address)
    {
        Assert.That(CrmHost.TryParseExtra(text, out var parsed), Is.True);
        Assert.That(parsed.ToString(), Is.EqualTo(address));
    }

    [TestCase("")]
    [TestCase("http://crm.example.com")]
    [TestCase("http://127.0.0.1.example.com")]
    [TestCase("http://localhost.example.com")]
    [TestCase("ftp://127.0.0.1")]
    [TestCase("crm.example.com/path")]
    [TestCase("crm.example.com/")]
    [TestCase("user@crm.example.com")]
    [TestCase("crm.example.com?x")]
    [TestCase("crm.example.com#x")]
    [TestCase("two words")]
    public void Operator_cannot_add_what_is_no_host_or_plain_http_elsewhere_than_here(string text) =>
        Assert.That(CrmHost.TryParseExtra(text, out _), Is.False);

    [TestCase("https://acme.amocrm.ru", true)]
    [TestCase("http://acme.amocrm.ru", false)]
    [TestCase("https://acme.amocrm.ru:8443", false)]
    [TestCase("http://127.0.0.1:8080", true)]
    [TestCase("https://127.0.0.1:8080", false)]
    [TestCase("https://evil.com", false)]
    public void Stored_address_is_checked_again_with_its_scheme_and_port(string address, bool expected) =>
        Assert.That(CrmHost.IsAccepted(new Uri(address), Extra), Is.EqualTo(expected));
}
