using System.Net;
using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.Reading;

[TestFixture]
public sealed class EntityJsonTests
{
    private static readonly HashSet<FieldId> Wanted = [new(1), new(2), new(3), new(4), new(5), new(6), new(7)];
    private static readonly Uri Account = new("https://acme.amocrm.ru");

    [Test]
    public void Lead_is_read_whole()
    {
        var lead = Lead("""
            {"id":19619,"name":"Order 17","price":46333,"responsible_user_id":77,"status_id":142,"pipeline_id":1300,"loss_reason_id":9,
             "created_at":1453279607,"updated_at":1502193501,"closed_at":1483005931,"is_deleted":false,"custom_fields_values":null,
             "_embedded":{"tags":[{"id":1,"name":"vip"},{"id":2}],"companies":[{"id":900}],"contacts":[{"id":500,"is_main":false},{"id":501,"is_main":true}],
             "source":{"id":3,"name":"site"}}}
            """);

        Assert.Multiple(() =>
        {
            Assert.That(lead.Id, Is.EqualTo(new LeadId(19619)));
            Assert.That((lead.Pipeline, lead.Status), Is.EqualTo((new PipelineId(1300), new StatusId(142))));
            Assert.That(lead.Price, Is.EqualTo(46333m));
            Assert.That((lead.Company, lead.MainContact), Is.EqualTo(((CompanyId?)new CompanyId(900), (ContactId?)new ContactId(501))));
            Assert.That(lead.LossReason, Is.EqualTo(9));
            Assert.That(lead.ClosedAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1483005931)));
            Assert.That(lead.Tags.Single(), Is.EqualTo("vip"));
            Assert.That(lead.Source, Is.EqualTo("site"));
        });
    }

    /// <summary>PostgreSQL's texts cannot hold it, and people can paste it into any field of the CRM.</summary>
    [Test]
    public void Character_0_is_left_out_of_every_text() =>
        Assert.That(Lead(Minimal("""{"_embedded":{"tags":[{"id":1,"name":"v\u0000ip"}]}}""")).Tags.Single(), Is.EqualTo("vip"));

    [TestCase("""{"price":100,"price_with_minor_units":100.55}""", "100.55")]
    [TestCase("""{"price":100,"price_with_minor_units":null}""", "100")]
    [TestCase("""{"price":"250"}""", "250")]
    [TestCase("""{"price":0}""", "0")]
    [TestCase("""{"price":null}""", null)]
    [TestCase("{}", null)]
    [TestCase("""{"price":-30}""", "-30")]
    public void Amount_has_minor_units_where_the_CRM_gives_them(string price, string? expected) =>
        Assert.That(Lead(Minimal(price)).Price, Is.EqualTo(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));

    [TestCase("""{"id":null}""", "id")]
    [TestCase("""{"pipeline_id":null}""", "pipeline_id")]
    [TestCase("""{"status_id":"won"}""", "status_id")]
    [TestCase("""{"created_at":null}""", "created_at")]
    public void Lead_without_what_it_must_have_is_unreadable_and_the_reason_names_it(string change, string named) =>
        Assert.That(() => Lead(Minimal(change)), Throws.TypeOf<FormatException>().With.Message.Contains(named));

    [TestCase("""{"price":"much"}""", "price")]
    [TestCase("""{"price":1e18}""", "price")]
    [TestCase("""{"price":1,"price_with_minor_units":1e18}""", "price_with_minor_units")]
    public void Lead_of_an_impossible_amount_is_read_without_one_and_says_so(string change, string named)
    {
        var lead = Lead(Minimal(change));

        Assert.That((lead.Price, lead.Doubt), Is.EqualTo(((decimal?)null, named + " is not an amount")));
    }

    [Test]
    public void Lead_in_the_trash_is_read_though_all_else_is_null()
    {
        var lead = Lead("""{"id":7,"updated_at":1502193501,"is_deleted":true,"price":null,"status_id":null,"created_at":null}""");

        Assert.That((lead.IsDeleted, lead.Key), Is.EqualTo((true, 7L)));
    }

    [Test]
    public void Main_contact_is_the_first_one_where_none_is_marked() =>
        Assert.That(Lead(Minimal("""{"_embedded":{"contacts":[{"id":500},{"id":501}]}}""")).MainContact, Is.EqualTo(new ContactId(500)));

    [Test]
    public void Time_of_zero_is_no_time() => Assert.That(Lead(Minimal("""{"closed_at":0}""")).ClosedAt, Is.Null);

    [Test]
    public void Values_of_fields_are_text()
    {
        var fields = Lead(Minimal("""
            {"custom_fields_values":[
              {"field_id":1,"values":[{"value":"12.5"}]},
              {"field_id":2,"values":[{"value":1700000000}]},
              {"field_id":3,"values":[{"value":true}]},
              {"field_id":4,"values":[{"value":"A","enum_id":1},{"value":"B","enum_id":2}]},
              {"field_id":5,"values":[{"value":{"name":"LLC"}}]},
              {"field_id":6,"values":[{"catalog_id":1,"catalog_element_id":2}]},
              {"field_id":7,"values":null},
              {"field_id":99,"values":[{"value":"not asked for"}]}]}
            """)).Fields;

        Assert.That(fields, Is.EqualTo(new Dictionary<FieldId, string>
        {
            [new(1)] = "12.5", [new(2)] = "1700000000", [new(3)] = "true", [new(4)] = "A; B",
        }));
    }

    [Test]
    public void Page_names_the_row_it_cannot_read_and_keeps_the_others()
    {
        var page = Page("""{"_links":{"next":{"href":"https://acme.amocrm.ru/api/v4/leads?page=2"}},"_embedded":{"leads":[{"id":1},%,{"id":3,"status_id":1}]}}""".Replace("%", Minimal("{}"), StringComparison.Ordinal));

        Assert.That(page.Rows.Single().Key, Is.EqualTo(19619L));
        Assert.That(string.Join(' ', page.Unreadable.Select(row => row.Id)), Is.EqualTo("1 3"));
        Assert.That(page.HasNext, Is.True);
    }

    [TestCase("https://evil.com/api/v4/leads?page=2")]
    [TestCase("https://acme.amocrm.ru:8443/api/v4/leads?page=2")]
    [TestCase("//evil.com/api/v4/leads?page=2")]
    public void Next_page_on_another_host_is_refused(string href) =>
        Assert.That(() => Page("""{"_links":{"next":{"href":"%"}},"_embedded":{"leads":[]}}""".Replace("%", href, StringComparison.Ordinal)), Throws.TypeOf<FormatException>());

    [Test]
    public void Answer_without_the_list_is_no_empty_list() =>
        Assert.That(() => Page("{}"), Throws.TypeOf<FormatException>());

    [Test]
    public void Answer_without_content_is_an_empty_last_page()
    {
        var page = PageJson.Read(new CrmAnswer(HttpStatusCode.NoContent, null), 3, Account, "leads", row => EntityJson.Lead(row, Wanted));

        Assert.That((page.Rows.Count, page.HasNext), Is.EqualTo((0, false)));
    }

    /// <summary>A lead that has only what it must have, with properties changed.</summary>
    private static string Minimal(string change)
    {
        var lead = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"id":19619,"pipeline_id":1300,"status_id":142,"created_at":1453279607}""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(change)!)
        {
            lead[name] = value;
        }

        return JsonSerializer.Serialize(lead);
    }

    private static CrmLead Lead(string json) => EntityJson.Lead(JsonDocument.Parse(json).RootElement, Wanted);

    private static Page<CrmLead> Page(string json) =>
        PageJson.Read(new CrmAnswer(HttpStatusCode.OK, JsonDocument.Parse(json).RootElement), 1, Account, "leads", row => EntityJson.Lead(row, Wanted));
}
