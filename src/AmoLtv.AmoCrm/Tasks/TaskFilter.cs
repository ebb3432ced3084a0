using System.Globalization;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tasks;

/// <summary>Which tasks are read. A CRM that does not know a filter answers with more: look at each.</summary>
public sealed class TaskFilter
{
    private TaskFilter(IReadOnlyList<(string Name, string Value)> query) => Query = query;

    internal IReadOnlyList<(string Name, string Value)> Query { get; }

    /// <param name="ids">Numbers of tasks, at most 100.</param>
    public static TaskFilter ById(IReadOnlyCollection<long> ids) => new([.. Each("id", ids)]);

    /// <summary>Tasks of one card, done and not done.</summary>
    public static TaskFilter OfCard(EntityType entity, long id) => new([("filter[entity_type]", entity.Plural()), .. Each("entity_id", [id])]);

    /// <summary>Tasks of one user that are not done.</summary>
    public static TaskFilter OpenOf(UserId user) => new([.. Each("responsible_user_id", [user.Value]), ("filter[is_completed]", "0")]);

    private static IEnumerable<(string, string)> Each(string key, IEnumerable<long> values) =>
        values.Select((value, index) => (
            string.Create(CultureInfo.InvariantCulture, $"filter[{key}][{index}]"), value.ToString(CultureInfo.InvariantCulture)));
}
