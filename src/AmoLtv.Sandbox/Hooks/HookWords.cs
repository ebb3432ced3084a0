using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>The names of subscriptions: <c>action_entity</c>.</summary>
internal static class HookWords
{
    private static readonly HashSet<string> Known = new(All(), StringComparer.Ordinal);

    public static bool IsKnown(string setting) => Known.Contains(setting);

    /// <summary>The action and the entity of a subscription to leads, contacts or companies; the entity is null for others.</summary>
    public static (string Action, EntityKind? Entity) Split(string setting)
    {
        var border = setting.LastIndexOf('_');
        return border < 0 ? (setting, null) : (setting[..border], EntityKinds.Parse(setting[(border + 1)..]));
    }

    private static IEnumerable<string> All()
    {
        string[] entities = ["lead", "contact", "company", "customer", "task"];
        foreach (var entity in entities)
        {
            foreach (var action in (string[])["add", "update", "delete", "responsible"])
            {
                yield return $"{action}_{entity}";
            }
        }

        foreach (var entity in entities[..3])
        {
            yield return $"restore_{entity}";
        }

        foreach (var entity in entities[..4])
        {
            yield return $"note_{entity}";
        }

        yield return "status_lead";
        yield return "add_talk";
        yield return "update_talk";
        yield return "add_chat_template_review";
    }
}
