using System.Text;
using AmoLtv.AmoCrm.Webhooks;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Tests.Webhooks;

[TestFixture]
public sealed class HookFormTests
{
    private static readonly DateTimeOffset Changed = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Test]
    public void Lead_is_named_with_its_time_and_account()
    {
        var content = Read(
            "leads[update][0][id]=19619&leads[update][0][name]=Order+17&leads[update][0][status_id]=142&leads[update][0][old_status_id]=3002"
            + "&leads[update][0][last_modified]=1700000000&leads[update][0][modified_user_id]=77&leads[update][0][date_create]=1690000000"
            + "&leads[update][0][custom_fields][0][id]=427183&leads[update][0][custom_fields][0][values][0][value]=1"
            + "&leads[update][0][created_at]=1690000000&leads[update][0][updated_at]=1700000000"
            + "&account[subdomain]=acme&account[id]=12345678&account[_links][self]=https%3A%2F%2Facme.amocrm.ru");

        Assert.That(content.Account, Is.EqualTo(new AccountId(12345678)));
        Assert.That(content.Marks, Is.EqualTo(new[] { new ChangeMark(EntityType.Lead, 19619, ChangeKind.Changed, Changed) }));
        Assert.That(content.IsUnderstood, Is.True);
    }

    [TestCase("add", ChangeKind.Changed)]
    [TestCase("update", ChangeKind.Changed)]
    [TestCase("status", ChangeKind.Changed)]
    [TestCase("responsible", ChangeKind.Changed)]
    [TestCase("something_new", ChangeKind.Changed)]
    [TestCase("delete", ChangeKind.Deleted)]
    [TestCase("restore", ChangeKind.Restored)]
    public void Action_says_what_happened(string action, ChangeKind kind) =>
        Assert.That(Read($"leads[{action}][0][id]=5").Marks, Is.EqualTo(new[] { new ChangeMark(EntityType.Lead, 5, kind, null) }));

    [TestCase("contacts[update][0][id]=7&contacts[update][0][type]=company", EntityType.Company)]
    [TestCase("contacts[update][0][type]=contact&contacts[update][0][id]=7", EntityType.Contact)]
    [TestCase("companies[update][0][id]=7", EntityType.Company)]
    public void Company_and_contact_are_told_apart(string body, EntityType entity) =>
        Assert.That(Read(body).Marks, Is.EqualTo(new[] { new ChangeMark(entity, 7, ChangeKind.Changed, null) }));

    [Test]
    public void Card_without_a_type_may_be_either() =>
        Assert.That(Read("contacts[delete][0][id]=7").Marks.Select(mark => mark.Entity), Is.EquivalentTo(new[] { EntityType.Company, EntityType.Contact }));

    [Test]
    public void Encoded_brackets_are_the_same_keys() =>
        Assert.That(
            Read("leads%5Bstatus%5D%5B0%5D%5Bid%5D=9&account%5bid%5d=4"),
            Has.Property(nameof(HookContent.Account)).EqualTo(new AccountId(4)).And.Property(nameof(HookContent.Marks)).Count.EqualTo(1));

    [Test]
    public void Several_cards_and_actions_of_one_body_are_all_named_each_once()
    {
        var content = Read(
            "leads[update][0][id]=1&leads[update][1][id]=2&leads[status][0][id]=1&leads[delete][0][id]=3"
            + "&contacts[update][0][id]=4&contacts[update][0][type]=company&leads[update][0][updated_at]=1700000000");

        Assert.That(content.Marks.Select(mark => $"{mark.Entity} {mark.Id} {mark.Kind}"), Is.EquivalentTo(new[]
        {
            "Lead 1 Changed", "Lead 1 Changed", "Lead 2 Changed", "Lead 3 Deleted", "Company 4 Changed",
        }));
        Assert.That(content.Marks.Count(mark => mark.ChangedAt == Changed), Is.EqualTo(1), "The time belongs to the card whose key it has.");
    }

    [TestCase("leads[note][0][note][element_id]=19619&leads[note][0][note][text]=hello")]
    [TestCase("contacts[note][0][note][id]=5&contacts[note][0][type]=contact")]
    [TestCase("task[add][0][id]=4&task[add][0][element_id]=19619")]
    [TestCase("unsorted[add][0][uid]=abc")]
    [TestCase("customers[update][0][id]=4")]
    [TestCase("talk[add][0][id]=4")]
    [TestCase("")]
    [TestCase("&&&=&=1&x")]
    [TestCase("leads=1&leads[=2&leads[]=3&leads[update]=4&leads[update][0]=5&[update][0][id]=6")]
    public void Rest_is_passed_over(string body)
    {
        var content = Read(body);

        Assert.That(content.Marks, Is.Empty);
        Assert.That(content.IsUnderstood, Is.True);
    }

    [TestCase("leads[update][0][name]=x")]
    [TestCase("leads[update][0][id]=")]
    [TestCase("leads[update][0][id]=-3")]
    [TestCase("leads[update][0][id]=12x")]
    [TestCase("leads[update][0][id]=99999999999999999999999")]
    public void Card_without_a_number_is_not_understood(string body) =>
        Assert.That(Read(body), Has.Property(nameof(HookContent.IsUnderstood)).False.And.Property(nameof(HookContent.Marks)).Empty);

    [TestCase("0")]
    [TestCase("")]
    [TestCase("2024-01-01")]
    [TestCase("99999999999999999")]
    public void Time_that_is_none_is_left_out(string time) =>
        Assert.That(Read($"leads[update][0][id]=1&leads[update][0][updated_at]={time}").Marks[0].ChangedAt, Is.Null);

    [Test]
    public void Values_of_a_large_lead_are_passed_over_and_its_number_is_found()
    {
        var body = new StringBuilder("leads[update][0][id]=1");
        for (var index = 0; index < 5000; index++)
        {
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"&leads[update][0][custom_fields][{index}][values][0][value]=").Append('x', 200);
        }

        Assert.That(Read(body.ToString()).Marks, Has.Count.EqualTo(1));
    }

    [Test]
    public void Shapes_of_field_values_do_not_name_cards()
    {
        var content = Read(
            "contacts[update][0][id]=7&contacts[update][0][type]=contact&contacts[update][0][linked_leads_id][19619][ID]=19619"
            + "&contacts[update][0][linked_company_id]=900&contacts[update][0][custom_fields][0][values][0]=1729717200"
            + "&contacts[update][0][custom_fields][1][values][value]=A&contacts[update][0][old_responsible_user_id]=3");

        Assert.That(content.Marks, Is.EqualTo(new[] { new ChangeMark(EntityType.Contact, 7, ChangeKind.Changed, null) }));
    }

    [Test]
    public void More_cards_than_a_body_may_have_are_not_understood()
    {
        var content = Read(string.Join('&', Enumerable.Range(1, 1001).Select(id => $"leads[update][{id}][id]={id}")));

        Assert.That((content.Marks.Count, content.IsUnderstood), Is.EqualTo((1000, false)));
    }

    [Test]
    public void Any_bytes_can_be_read([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        const string Letters = "leads[update][0][id]=1&%5B%zz%+\0я";
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => Letters[random.Next(Letters.Length)])]);
            Assert.That(() => Read(text), Throws.Nothing, text);
        }
    }

    private static HookContent Read(string body) => HookForm.Read(Encoding.UTF8.GetBytes(body));
}
