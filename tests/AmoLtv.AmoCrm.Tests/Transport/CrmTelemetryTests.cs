using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>What is told of calls has few names, whatever account and card they are of.</summary>
[TestFixture]
public sealed class CrmTelemetryTests
{
    [TestCase("/api/v4/leads", "leads")]
    [TestCase("/api/v4/leads/123456", "leads")]
    [TestCase("/api/v4/leads/pipelines", "pipelines")]
    [TestCase("/api/v4/companies/custom_fields/77", "custom_fields")]
    [TestCase("/api/v4/catalogs/12/elements", "elements")]
    [TestCase("/oauth2/access_token", "access_token")]
    [TestCase("/api/v9/novelties/acme", "other")]
    [TestCase("/", "other")]
    public void Kind_of_a_call_is_a_word_of_the_API(string path, string kind) =>
        Assert.That(CrmTelemetry.KindOf(new Uri("https://acme.amocrm.ru" + path + "?query=Ivanov")), Is.EqualTo(kind));

    [Test]
    public void Numbers_of_traces_are_not_told_to_the_CRM()
    {
        using var handler = CrmHttp.CreateHandler(TimeSpan.FromSeconds(1));

        Assert.That(handler.ActivityHeadersPropagator, Is.Null);
    }
}
