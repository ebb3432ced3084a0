using AmoLtv.AmoCrm.Accounts;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Tests.Installing;

[TestFixture]
public sealed class GrantRulesTests
{
    [TestCase(true, null, GrantDecision.Accepted)]
    [TestCase(true, true, GrantDecision.Accepted)]
    [TestCase(true, false, GrantDecision.Accepted)]
    [TestCase(false, null, GrantDecision.RefusedFirstByNonAdmin)]
    [TestCase(false, true, GrantDecision.RefusedInPlaceOfAdmin)]
    [TestCase(false, false, GrantDecision.Accepted)]
    public void Administrator_may_always_connect_and_is_never_replaced_by_another_person(bool isAdmin, bool? existing, GrantDecision expected) =>
        Assert.That(GrantRules.Decide(isAdmin, existing), Is.EqualTo(expected));

    [TestCase("https://acme.amocrm.ru", "acme", null, true)]
    [TestCase("https://acme.amocrm.ru", "ACME", "https://acme.amocrm.ru/api/v4/account", true)]
    [TestCase("https://acme.amocrm.ru", "other", null, false)]
    [TestCase("https://acme.amocrm.ru", "", null, false)]
    [TestCase("https://acme.amocrm.ru", "acme", "https://other.amocrm.ru/api/v4/account", false)]
    [TestCase("https://acme.kommo.com", "acme", "https://acme.kommo.com/api/v4/account", true)]
    [TestCase("http://127.0.0.1:8080", "sandbox", null, true)]
    [TestCase("http://127.0.0.1:8080", "sandbox", "http://127.0.0.1:8080/api/v4/account", true)]
    [TestCase("http://127.0.0.1:8080", "sandbox", "http://127.0.0.1:9090/api/v4/account", false)]
    public void Account_must_name_the_host_the_code_came_from(string address, string subdomain, string? self, bool expected)
    {
        var account = new CrmAccount(new AccountId(1), "", subdomain, new UserId(1), "RUB", "₽", null, false, self is null ? null : new Uri(self));

        Assert.That(GrantRules.NamesHost(account, new Uri(address)), Is.EqualTo(expected));
    }
}
