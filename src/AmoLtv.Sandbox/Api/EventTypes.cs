using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of the types of events.</summary>
internal static class EventTypes
{
    private static readonly (string Key, string Title)[] Known =
    [
        .. Enum.GetValues<EntityKind>().SelectMany(kind => new (string, string)[]
        {
            (kind.Singular() + "_added", "Новая карточка"), (kind.Singular() + "_deleted", "Карточка удалена"), (kind.Singular() + "_restored", "Карточка восстановлена"),
        }),
        ("lead_status_changed", "Изменение этапа продажи"), ("sale_field_changed", "Изменение поля «Бюджет»"), ("custom_field_value_changed", "Изменение поля"),
        ("entity_responsible_changed", "Ответственный изменён"), ("entity_linked", "Прикрепление"), ("entity_unlinked", "Открепление"), ("entity_merged", "Выполнено объединение"),
    ];

    public static Answer List(ApiCall call) => Answer.Hal(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("_total_items", Known.Length);
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray("events_types");
        for (var place = 0; place < Known.Length; place++)
        {
            json.WriteStartObject();
            json.WriteString("key", Known[place].Key);
            json.WriteNumber("type", place + 1);
            json.WriteString("lang", Known[place].Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
