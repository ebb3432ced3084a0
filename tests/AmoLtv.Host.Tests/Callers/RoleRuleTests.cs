using System.Globalization;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

[TestFixture]
public sealed class RoleRuleTests
{
    private static readonly DateTimeOffset Said = DateTimeOffset.Parse("2026-11-22T12:00:00Z", CultureInfo.InvariantCulture);

    [TestCase(true, false, Role.Admin)]
    [TestCase(true, true, Role.Admin)]
    [TestCase(false, true, Role.Analyst)]
    [TestCase(false, false, Role.Member)]
    public void Role_is_the_tokens_word_and_the_admins_naming(bool isAdmin, bool isViewer, Role expected) =>
        Assert.That(RoleRule.Decide(Standing(listedMinutes: -60, isListedAdmin: false, isViewer), Vouching(isAdmin)), Is.EqualTo(expected));

    [TestCase(true, Role.Admin)]
    [TestCase(false, Role.Member)]
    public void Role_is_the_lists_word_when_the_token_says_nothing(bool isListedAdmin, Role expected) =>
        Assert.That(RoleRule.Decide(Standing(-60, isListedAdmin), Vouching(null)), Is.EqualTo(expected));

    [Test]
    public void Rights_taken_away_end_with_the_next_reading_of_the_list() =>
        Assert.That(RoleRule.Decide(Standing(1, isListedAdmin: false), Vouching(true)), Is.EqualTo(Role.Member));

    [Test]
    public void Rights_given_count_from_the_next_reading_of_the_list() =>
        Assert.That(RoleRule.Decide(Standing(1, isListedAdmin: true), Vouching(false)), Is.EqualTo(Role.Admin));

    [Test]
    public void User_who_left_the_account_has_no_role_once_a_newer_list_says_so() =>
        Assert.That(RoleRule.Decide(Standing(1, isListedAdmin: null, isViewer: true), Vouching(true)), Is.Null);

    [Test]
    public void User_of_today_is_no_stranger_though_an_older_list_lacks_them() =>
        Assert.That(RoleRule.Decide(Standing(-1, isListedAdmin: null), Vouching(false)), Is.EqualTo(Role.Member));

    [Test]
    public void Token_is_believed_while_no_list_was_read([Values] bool isSynced)
    {
        var standing = Standing(1, isListedAdmin: null) with { HasList = false };

        Assert.That(RoleRule.Decide(isSynced ? standing : standing with { ListedAt = null }, Vouching(true)), Is.EqualTo(Role.Admin));
    }

    private static CallerStanding Standing(int listedMinutes, bool? isListedAdmin, bool isViewer = false) =>
        new(new Uri("https://acme.amocrm.ru"), false, Said.AddMinutes(listedMinutes), true, isListedAdmin, isViewer);

    private static CrmVouching Vouching(bool? isAdmin) => new("client", isAdmin, Said);
}
