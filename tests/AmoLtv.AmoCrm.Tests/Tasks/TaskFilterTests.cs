using AmoLtv.AmoCrm.Tasks;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.Tasks;

[TestFixture]
public sealed class TaskFilterTests
{
    [Test]
    public void Numbers_are_given_one_by_one_under_their_own_index() =>
        Assert.That(TaskFilter.ById([7, 9]).Query, Is.EqualTo(new[] { ("filter[id][0]", "7"), ("filter[id][1]", "9") }));

    [Test]
    public void Card_is_named_by_its_kind_in_the_plural_and_its_number() =>
        Assert.That(
            TaskFilter.OfCard(EntityType.Company, 5).Query, Is.EqualTo(new[] { ("filter[entity_type]", "companies"), ("filter[entity_id][0]", "5") }));
}
