using System.Net;
using System.Text;
using System.Text.Json;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.Reading;

[TestFixture]
public sealed class FieldUpdateJsonTests
{
    private static readonly FieldUpdate[] Sent =
    [
        new(900, [new(new FieldId(7001), "150000.5"), new(new FieldId(7002), "1700000000", FieldValueKind.UnixTime), new(new FieldId(7003), null)]),
        new(901, [new(new FieldId(7001), "1")]),
    ];

    [Test]
    public void Batch_names_each_entity_and_value_as_the_CRM_wants_them() =>
        Assert.That(Encoding.UTF8.GetString(FieldUpdateJson.Write(Sent)), Is.EqualTo(
            """[{"id":900,"request_id":"900","updated_by":0,"custom_fields_values":[{"field_id":7001,"values":[{"value":"150000.5"}]},{"field_id":7002,"values":[{"value":1700000000}]},{"field_id":7003,"values":null}]},{"id":901,"request_id":"901","updated_by":0,"custom_fields_values":[{"field_id":7001,"values":[{"value":"1"}]}]}]"""));

    [Test]
    public void Entities_that_came_back_are_written() =>
        Assert.That(Read(HttpStatusCode.OK, """{"_embedded":{"companies":[{"id":901,"updated_at":1}]}}""").Updated.Single(), Is.EqualTo(901L));

    [TestCase("901", 901L)]
    [TestCase("1", 901L)]
    [TestCase("0", 900L)]
    [TestCase("77", null)]
    [TestCase("x", null)]
    public void Error_is_matched_by_the_number_sent_or_by_its_place(string requestId, long? entity)
    {
        var result = Read(HttpStatusCode.BadRequest, $$"""
            {"validation-errors":[{"request_id":"{{requestId}}","errors":[{"code":"NotSupportedChoice","path":"custom_fields_values.0.field_id","detail":"No."}]}],"status":400}
            """);

        Assert.That(result.Updated, Is.Empty);
        Assert.That(result.Errors, Is.EqualTo(new[] { new FieldUpdateError(entity, "NotSupportedChoice", "custom_fields_values.0.field_id", "No.") }));
    }

    [Test]
    public void Error_that_names_no_element_is_kept_with_its_words() =>
        Assert.That(Read(HttpStatusCode.BadRequest, """{"detail":"Request data can not be empty"}""").Errors.Single().Detail, Is.EqualTo("Request data can not be empty"));

    [Test]
    public void Created_fields_are_read_from_a_list_or_a_bare_object([Values] bool isBare)
    {
        const string Field = """{"id":7001,"name":"LTV","type":"numeric","code":"AMOLTV_LTV","is_api_only":true}""";
        var body = JsonDocument.Parse(isBare ? Field : "{\"_embedded\":{\"custom_fields\":[" + Field + "]}}").RootElement;

        Assert.That(CustomFieldJson.Read(body), Is.EqualTo(new[] { new CrmCustomField(new FieldId(7001), "LTV", "AMOLTV_LTV", "numeric", true) }));
    }

    private static FieldUpdateResult Read(HttpStatusCode status, string json) =>
        FieldUpdateJson.Read(new CrmAnswer(status, JsonDocument.Parse(json).RootElement), "companies", Sent);
}
