using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class ChangeEventsTests
{
    [TestCase("lead_deleted", EntityType.Lead, 0, true)]
    [TestCase("entity_merged", EntityType.Lead, 5, true)]
    [TestCase("entity_merged", EntityType.Lead, -1, false, Description = "before the reading began")]
    [TestCase("entity_merged", EntityType.Company, 5, false)]
    [TestCase("lead_restored", EntityType.Lead, 5, false)]
    public void Lead_that_left_the_lists_while_they_were_read_may_have_hidden_another(string type, EntityType entity, int seconds, bool hasShifted)
    {
        var began = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        Assert.That(ChangeEvents.HasShifted([new ChangeEvent(type, entity, 7, began.AddSeconds(seconds))], began), Is.EqualTo(hasShifted));
    }

    [TestCase("lead_deleted", true)]
    [TestCase("company_deleted", true)]
    [TestCase("contact_deleted", true)]
    [TestCase("entity_merged", true)]
    [TestCase("company_added", false)]
    [TestCase("contact_restored", false)]
    public void Card_of_any_kind_that_left_its_list_may_have_hidden_another(string type, bool hasShifted) =>
        Assert.That(ChangeEvents.HasShifted([new ChangeEvent(type, EntityType.Company, 7, DateTimeOffset.UnixEpoch)]), Is.EqualTo(hasShifted));

    [Test]
    public void Deleted_card_is_gone_unless_something_came_after()
    {
        var wanted = ChangeEvents.Wanted(
        [
            Event("company_deleted", EntityType.Company, 1, 10),
            Event("name_field_changed", EntityType.Company, 2, 10), Event("company_deleted", EntityType.Company, 2, 20),
            Event("company_deleted", EntityType.Company, 3, 10), Event("name_field_changed", EntityType.Company, 3, 20),
        ]);

        Assert.That(wanted.Gone(EntityType.Company), Is.EquivalentTo(new[] { 1L, 2L }));
        Assert.That(wanted.Fetch(EntityType.Company), Is.EquivalentTo(new[] { 3L }));
    }

    [TestCase("lead", EntityType.Lead, 5)]
    [TestCase("company", EntityType.Company, 0, Description = "within one second")]
    [TestCase("contact", EntityType.Contact, -20, Description = "by another server's clock")]
    public void Card_deleted_and_restored_is_asked_whatever_the_times_say(string word, EntityType entity, int later)
    {
        var wanted = ChangeEvents.Wanted([Event(word + "_deleted", entity, 1, 100), Event(word + "_restored", entity, 1, 100 + later)]);

        Assert.That(wanted.Gone(entity), Is.Empty);
        Assert.That(wanted.Fetch(entity), Is.EquivalentTo(new[] { 1L }));
    }

    [Test]
    public void Restored_card_is_looked_into_whatever_came_after()
    {
        var wanted = ChangeEvents.Wanted(
            [Event("company_deleted", EntityType.Company, 1, 10), Event("company_restored", EntityType.Company, 1, 20), Event("contact_deleted", EntityType.Contact, 2, 10)]);

        Assert.That(wanted.Restored(EntityType.Company), Is.EquivalentTo(new[] { 1L }));
        Assert.That(wanted.Restored(EntityType.Contact), Is.Empty);
    }

    [Test]
    public void Survivor_of_a_merge_is_read_and_looked_into()
    {
        var wanted = ChangeEvents.Wanted([Event("entity_merged", EntityType.Company, 5, 10)]);

        Assert.That(wanted.Merged(EntityType.Company), Is.EquivalentTo(new[] { 5L }));
        Assert.That(wanted.Fetch(EntityType.Company), Is.EquivalentTo(new[] { 5L }));
    }

    [Test]
    public void New_linked_and_renamed_companies_and_contacts_are_read()
    {
        var wanted = ChangeEvents.Wanted(
        [
            Event("company_added", EntityType.Company, 1, 10), Event("name_field_changed", EntityType.Company, 2, 10),
            Event("entity_linked", EntityType.Contact, 3, 10), Event(ChangeEvents.FieldType(new FieldId(7)), EntityType.Company, 4, 10),
        ]);

        Assert.That(wanted.Fetch(EntityType.Company), Is.EquivalentTo(new[] { 1L, 2L, 4L }));
        Assert.That(wanted.Fetch(EntityType.Contact), Is.EquivalentTo(new[] { 3L }));
    }

    [Test]
    public void Lead_is_read_for_what_its_time_of_change_need_not_show()
    {
        var wanted = ChangeEvents.Wanted(
        [
            Event("name_field_changed", EntityType.Lead, 1, 10), Event("entity_linked", EntityType.Lead, 2, 10),
            Event("lead_unlinked", EntityType.Lead, 3, 10), Event("entity_linked", null, 4, 10),
        ]);

        Assert.That(wanted.Fetch(EntityType.Lead), Is.EquivalentTo(new[] { 2L, 3L }));
    }

    [TestCase(20, 0, true, Description = "every lead bears the second of its link")]
    [TestCase(19, 0, false, Description = "so few may do so by chance")]
    [TestCase(40, 300, false, Description = "changed again later: that shows nothing")]
    public void Links_are_not_read_on_where_they_are_seen_to_move_leads(int leads, int changedLater, bool isShown)
    {
        var links = Enumerable.Range(1, leads).Select(id => Event("entity_linked", EntityType.Lead, id, 1000)).ToList();
        var read = links.ToDictionary(link => link.Id, link => new LeadTimes(Second(10), Second(1000 + changedLater)));

        Assert.That(ChangeEvents.ShowThatLinksMoveLeads(links, read), Is.EqualTo(isShown));
        Assert.That(ChangeEvents.ShowThatLinksMoveLeads(links.AsEnumerable().Reverse(), read), Is.EqualTo(isShown), "Events come in no promised order.");
    }

    [Test]
    public void New_leads_show_nothing_about_links()
    {
        var links = Enumerable.Range(1, 50).Select(id => Event("entity_linked", EntityType.Lead, id, 1000)).ToList();
        var read = links.ToDictionary(link => link.Id, _ => new LeadTimes(Second(1000), Second(1000)));

        Assert.That(ChangeEvents.ShowThatLinksMoveLeads(links, read), Is.False);
    }

    [TestCase(999, Description = "read for another, earlier change")]
    [TestCase(null, Description = "not read at all")]
    public void One_lead_that_its_link_did_not_move_makes_all_links_be_read(int? changedAt)
    {
        var links = Enumerable.Range(1, 50).Select(id => Event("entity_linked", EntityType.Lead, id, 1001)).ToList();
        var read = links.Skip(1).ToDictionary(link => link.Id, _ => new LeadTimes(Second(10), Second(1001)));
        if (changedAt is { } at)
        {
            read.Add(1, new LeadTimes(Second(10), Second(at)));
        }

        Assert.That(ChangeEvents.ShowThatLinksMoveLeads(links, read), Is.False);
    }

    [Test]
    public void Hook_older_than_what_is_stored_tells_nothing_new()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(100);
        var mark = new ChangeMark(EntityType.Lead, 1, ChangeKind.Changed, at);

        Assert.That(mark.IsKnown(at.AddSeconds(1)), Is.True);
        Assert.That(mark.IsKnown(at), Is.False, "Two changes may fall into one second.");
        Assert.That(mark.IsKnown(null), Is.False);
        Assert.That((mark with { ChangedAt = null }).IsKnown(at), Is.False);
        Assert.That((mark with { Kind = ChangeKind.Deleted }).IsKnown(at.AddSeconds(1)), Is.False);
        Assert.That((mark with { Kind = ChangeKind.Restored }).IsKnown(at.AddSeconds(1)), Is.False);
    }

    private static ChangeEvent Event(string type, EntityType? entity, long id, int second) => new(type, entity, id, Second(second));

    private static DateTimeOffset Second(int second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
