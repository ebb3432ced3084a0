using System.Net;
using System.Text.RegularExpressions;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Tests.Connecting;

[TestFixture]
public sealed partial class ConnectionRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 21, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    private static readonly ConnectionFacts.GrantFacts Good = new(
        "client", false, null, null, null, null, null, null, false, Now.AddHours(-1), Now.AddHours(23), null, false, null);

    [Test]
    public void Grant_that_works_is_connected_since_its_install() =>
        Assert.That(States(Good), Is.EqualTo([ConnectionState.Connected]));

    [Test]
    public void Account_without_a_grant_of_a_configured_integration_is_not_connected() =>
        Assert.That(ConnectionRule.Read(Facts() with { Grants = [] }, Now)[0].State, Is.EqualTo(ConnectionState.NotConnected));

    [Test]
    public void Loss_hides_what_was_wrong_before()
    {
        var lost = Good with { IsLost = true, LostAt = Now.AddMinutes(-5), LossReason = "Token has been revoked", SuspendedAt = Now, Hindrance = Hindrance.Unpaid };

        Assert.That(ConnectionRule.Read(Facts(lost), Now), Is.EqualTo([new ConnectionCondition(ConnectionState.Lost, Now.AddMinutes(-5), null, "Token has been revoked")]));
    }

    [Test]
    public void Planned_erasure_is_named_before_all_else_with_its_day()
    {
        var facts = Facts(Good with { IsLost = true, LostAt = Now }) with { EraseAt = Now.AddDays(7) };

        Assert.That(ConnectionRule.Read(facts, Now)[0], Is.EqualTo(new ConnectionCondition(ConnectionState.ErasurePlanned, Now, Now.AddDays(7))));
    }

    [TestCase(Hindrance.Rights, ConnectionState.RightsLost, false)]
    [TestCase(Hindrance.Unpaid, ConnectionState.Unpaid, false)]
    [TestCase(Hindrance.Blocked, ConnectionState.Blocked, false)]
    [TestCase(Hindrance.Unreachable, ConnectionState.Unreachable, true)]
    public void Hindrance_names_the_state_and_stops_work_unless_it_passes_by_itself(Hindrance hindrance, ConnectionState expected, bool isWorking)
    {
        var state = States(Good with { Hindrance = hindrance, HinderedAt = Now })[0];

        Assert.That(state, Is.EqualTo(expected));
        Assert.That(ConnectionRule.IsWorking(state), Is.EqualTo(isWorking));
    }

    [TestCase(false, ConnectionState.RenewalFailing)]
    [TestCase(true, ConnectionState.RenewalRefused)]
    public void Renewal_that_fails_is_told_apart_from_one_that_is_refused(bool isRefused, ConnectionState expected) =>
        Assert.That(States(Good with { RenewalFailedAt = Now.AddMinutes(-2), RenewalRefused = isRefused }), Is.EqualTo([expected]));

    [Test]
    public void Hook_that_waits_for_its_answer_suspends_work()
    {
        Assert.That(States(Good with { SuspendedAt = Now }), Is.EqualTo([ConnectionState.Suspended]));
        Assert.That(ConnectionRule.IsWorking(ConnectionState.Suspended), Is.False);
    }

    [Test]
    public void Block_is_told_once_whoever_noticed_it()
    {
        var facts = Facts(Good with { Hindrance = Hindrance.Blocked, HinderedAt = Now }) with { Circuit = new ConnectionCondition(ConnectionState.Blocked, Now.AddHours(-1)) };

        Assert.That(ConnectionRule.Read(facts, Now), Is.EqualTo([new ConnectionCondition(ConnectionState.Blocked, Now.AddHours(-1))]));
    }

    [TestCase(365, 31, false)]
    [TestCase(365, 30, true)]
    [TestCase(3, 1.01, false)]
    [TestCase(3, 1, true)]
    public void Long_lived_token_is_warned_of_a_month_ahead_or_for_the_last_third_of_a_short_life(double life, double left, bool expected)
    {
        var grant = Good with { IsLongLived = true, IssuedAt = Now.AddDays(left - life), ExpiresAt = Now.AddDays(left) };

        Assert.That(States(grant).Contains(ConnectionState.TokenEnding), Is.EqualTo(expected));
        Assert.That(States(grant)[0], Is.EqualTo(ConnectionState.Connected));
    }

    [Test]
    public void What_the_plan_lacks_stands_beside_the_state()
    {
        var facts = Facts(Good) with { IsFilterEnabled = false, LacksWebhooks = true };

        Assert.That(
            ConnectionRule.Read(facts, Now).Select(condition => condition.State),
            Is.EqualTo([ConnectionState.Connected, ConnectionState.FiltersMissing, ConnectionState.WebhooksMissing]));
        Assert.That(ConnectionRule.Read(facts with { IsFilterEnabled = null }, Now), Has.Count.EqualTo(2), "Nobody knows before the first sync.");
    }

    [Test]
    public void Lost_connection_says_beside_it_that_it_could_not_be_told_where_the_CRM_is_the_only_channel()
    {
        var facts = Facts(Good with { IsLost = true, LostAt = Now }) with { IsToldOnlyInCrm = true };

        Assert.That(ConnectionRule.Read(facts, Now).Select(condition => condition.State), Is.EqualTo([ConnectionState.Lost, ConnectionState.NoticesOnlyInCrm]));
    }

    [Test]
    public void Webhooks_that_do_not_come_stand_beside_the_state()
    {
        var facts = Facts(Good) with { HasSilentWebhooks = true };

        Assert.That(ConnectionRule.Read(facts, Now).Select(condition => condition.State), Is.EqualTo([ConnectionState.Connected, ConnectionState.WebhooksSilent]));
    }

    [Test]
    public void Every_state_has_words_and_a_next_step_in_both_languages([Values] ConnectionState state)
    {
        var condition = new ConnectionCondition(state, Now, Now);
        var (russian, step) = ConnectionWords.Russian(condition, Moscow);
        var (english, next) = ConnectionWords.English(condition, Moscow);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(russian, Does.Match(Cyrillic()));
            Assert.That(english, Is.Not.Empty.And.Not.Match(Cyrillic()));
            Assert.That(next, Is.Not.Match(Cyrillic()));
            Assert.That(step.Length > 0, Is.EqualTo(state != ConnectionState.Connected));
            Assert.That(next.Length > 0, Is.EqualTo(state != ConnectionState.Connected));
        }
    }

    [Test]
    public void Day_is_told_in_the_time_zone_of_the_account()
    {
        var erasure = new ConnectionCondition(ConnectionState.ErasurePlanned, null, Now);

        Assert.That(ConnectionWords.Russian(erasure, Moscow).Text, Does.Contain("21 ноября 2026"), "Half past midnight there.");
        Assert.That(ConnectionWords.English(erasure, TimeZoneInfo.Utc).Text, Does.Contain("20 November 2026"));
    }

    [TestCase(CrmFailure.Unauthorized, true, ProbeAnswer.Outcome.Lost, null)]
    [TestCase(CrmFailure.PaymentRequired, true, ProbeAnswer.Outcome.Hindered, Hindrance.Unpaid)]
    [TestCase(CrmFailure.Forbidden, true, ProbeAnswer.Outcome.Hindered, Hindrance.Rights)]
    [TestCase(CrmFailure.Forbidden, false, ProbeAnswer.Outcome.Hindered, Hindrance.Blocked)]
    [TestCase(CrmFailure.Blocked, false, ProbeAnswer.Outcome.Hindered, Hindrance.Blocked)]
    [TestCase(CrmFailure.Timeout, false, ProbeAnswer.Outcome.Hindered, Hindrance.Unreachable)]
    [TestCase(CrmFailure.Throttled, true, ProbeAnswer.Outcome.Unclear, null)]
    [TestCase(CrmFailure.Invalid, true, ProbeAnswer.Outcome.Unclear, null)]
    public void Answer_of_the_API_is_read_by_its_status_and_by_who_gave_it(CrmFailure failure, bool isFromApi, ProbeAnswer.Outcome kind, Hindrance? hindrance)
    {
        var answer = ProbeRule.Read(new CrmException(failure, "Reading the account", status: HttpStatusCode.Ambiguous, isFromApi: isFromApi));

        Assert.That((answer.Kind, answer.Hindrance), Is.EqualTo((kind, hindrance)));
    }

    [TestCase(Hindrance.Unpaid, 360)]
    [TestCase(Hindrance.Blocked, 60)]
    [TestCase(Hindrance.Unreachable, 5)]
    public void Who_is_blocked_or_unpaid_is_asked_seldom_unless_a_hook_waits(Hindrance hindrance, double minutes)
    {
        var answer = new ProbeAnswer(ProbeAnswer.Outcome.Hindered, hindrance);

        Assert.That(ProbeRule.Pause(answer, isSuspended: false), Is.EqualTo(TimeSpan.FromMinutes(minutes)));
        Assert.That(ProbeRule.Pause(answer, isSuspended: true), Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    private static ConnectionFacts Facts(params ConnectionFacts.GrantFacts[] grants) =>
        new(new AccountId(1), new Uri("https://acme.amocrm.ru"), Moscow, Now.AddDays(-30), true, null, false, null, false, grants);

    private static List<ConnectionState> States(ConnectionFacts.GrantFacts grant) =>
        [.. ConnectionRule.Read(Facts(grant), Now).Select(condition => condition.State)];

    [GeneratedRegex(@"\p{IsCyrillic}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cyrillic();
}
