using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture]
public sealed class RetryRuleTests
{
    [TestCase(0, 0.0, 1.0)]
    [TestCase(3, 0.0, 8.0)]
    [TestCase(3, 1.0, 4.0)]
    public void Delay_doubles_and_is_shortened_by_up_to_a_half(int repeat, double random, double seconds) =>
        Assert.That(RetryRule.Delay(repeat, null, random).TotalSeconds, Is.EqualTo(seconds).Within(1e-9));

    [Test]
    public void Delay_is_never_shorter_than_the_CRM_asked_for([Values(0.0, 0.5, 1.0)] double random) =>
        Assert.That(RetryRule.Delay(0, TimeSpan.FromSeconds(30), random), Is.InRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31)));

    [Test]
    public void Wait_of_minutes_is_left_to_the_schedule() =>
        Assert.That(RetryRule.IsRepeated(HttpMethod.Get, CrmFailure.Throttled, TimeSpan.FromSeconds(300)), Is.False);

    [Test]
    public void Creation_is_never_repeated([Values] CrmFailure failure) =>
        Assert.That(RetryRule.IsRepeated(HttpMethod.Post, failure, null), Is.False);

    [TestCase(CrmFailure.Throttled, true)]
    [TestCase(CrmFailure.ServerError, true)]
    [TestCase(CrmFailure.GatewayTimeout, false)]
    [TestCase(CrmFailure.Forbidden, false)]
    [TestCase(CrmFailure.Invalid, false)]
    public void Patch_is_repeated_except_where_it_was_too_large_or_refused(CrmFailure failure, bool expected) =>
        Assert.That(RetryRule.IsRepeated(HttpMethod.Patch, failure, null), Is.EqualTo(expected));

    [TestCase(400, CrmFailure.Invalid, false)]
    [TestCase(401, CrmFailure.Unauthorized, false)]
    [TestCase(402, CrmFailure.PaymentRequired, false)]
    [TestCase(403, CrmFailure.Forbidden, false)]
    [TestCase(404, CrmFailure.NotFound, false)]
    [TestCase(405, CrmFailure.NotFound, false)]
    [TestCase(422, CrmFailure.Unprocessable, false)]
    [TestCase(429, CrmFailure.Throttled, true)]
    [TestCase(500, CrmFailure.ServerError, true)]
    [TestCase(503, CrmFailure.ServerError, true)]
    [TestCase(504, CrmFailure.GatewayTimeout, true)]
    [TestCase(302, CrmFailure.Unexpected, false)]
    public void Status_has_one_failure_and_a_failure_says_whether_a_repeat_may_help(int status, CrmFailure failure, bool isRetryable)
    {
        Assert.That(CrmFailures.FromStatus((System.Net.HttpStatusCode)status), Is.EqualTo(failure));
        Assert.That(failure.IsRetryable(), Is.EqualTo(isRetryable));
    }
}
