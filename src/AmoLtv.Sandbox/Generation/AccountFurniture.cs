using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Generation;

/// <summary>What every sandbox account has whatever its size: users, pipelines, loss reasons, tags, sources, custom fields.</summary>
internal static class AccountFurniture
{
    public const long OwnerId = 77_001;
    public const long SalesPipeline = 1300;
    public const long RepeatPipeline = 1400;
    public const long PartnersPipeline = 1500;
    public const long ReturnStage = 3006;
    public const long CostField = 700_001;
    public const long ChannelField = 700_002;
    public const long IndustryField = 700_010;
    public const long CacField = 700_011;
    public const long LegalEntityField = 700_012;
    public const long MoodField = 700_013;
    public const long CompanyPhoneField = 700_014;
    public const long ContactPhoneField = 700_020;
    public const long ContactEmailField = 700_021;
    public const long PositionField = 700_022;

    /// <summary>Marketing channels: the item of the utm_source field, the tag and the source of a lead go together.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["yandex-direct", "recommendation", "exhibition", "cold-calls", "telegram", "seo"];

    public static IReadOnlyList<string> Industries { get; } = ["Производство", "Строительство", "Торговля", "Логистика", "ИТ", "Медицина", "Сельское хозяйство"];

    public static void Place(SandboxState state)
    {
        PlaceUsers(state);
        PlacePipelines(state);
        string[] reasons = ["Слишком дорого", "Выбрали конкурента", "Пропала потребность", "Не вышли на связь", "Не устроили сроки"];
        state.LossReasons.AddRange(reasons.Select((name, place) => new LossReason(4001 + place, name, (place + 1) * 10)));
        state.Tags.AddRange(Channels.Select((name, place) => new NamedItem(6001 + place, name)));
        state.Tags.Add(new NamedItem(6101, "vip"));
        state.Sources.AddRange(Channels.Select((name, place) => new NamedItem(8001 + place, name)));
        foreach (var field in Fields())
        {
            state.Save(field);
        }
    }

    private static void PlaceUsers(SandboxState state) => state.Users.AddRange(
    [
        new CrmUser(OwnerId, "Анна Королёва", "koroleva@sandbox.example", IsAdmin: true),
        new CrmUser(77_002, "Михаил Орлов", "orlov@sandbox.example", IsAdmin: false),
        new CrmUser(77_003, "Елена Зуева", "zueva@sandbox.example", IsAdmin: false),
        new CrmUser(77_004, "Тимур Галеев", "galeev@sandbox.example", IsAdmin: false, SeesOnlyOwn: true),
        new CrmUser(77_005, "Ольга Дьякова", "dyakova@sandbox.example", IsAdmin: true),
        new CrmUser(77_006, "Пётр Лапин", "lapin@sandbox.example", IsAdmin: false, IsActive: false),
    ]);

    private static void PlacePipelines(SandboxState state) => state.Pipelines.AddRange(
    [
        new Pipeline(SalesPipeline, "Продажи", 10, IsMain: true, IsArchive: false, Stages(3000, "Первичный контакт", "Переговоры", "Коммерческое предложение", "Согласование договора", "Возврат")),
        new Pipeline(RepeatPipeline, "Повторные продажи", 20, IsMain: false, IsArchive: false, Stages(3100, "Заявка", "Счёт выставлен", "Отгрузка")),
        new Pipeline(PartnersPipeline, "Партнёры", 30, IsMain: false, IsArchive: false, Stages(3200, "Знакомство", "Обсуждение условий", "Пилот")),
    ]);

    private static Stage[] Stages(long first, params string[] names) =>
    [
        new Stage(first + 1, "Неразобранное", 10, "#c1c1c1", 1, IsEditable: false),
        .. names.Select((name, place) => new Stage(first + 2 + place, name, (place + 2) * 10, "#99ccff", 0, IsEditable: true)),
        new Stage(Lead.Won, "Успешно реализовано", 10_000, "#CCFF66", 0, IsEditable: false),
        new Stage(Lead.Lost, "Закрыто и не реализовано", 11_000, "#D5D8DB", 0, IsEditable: false),
    ];

    private static IEnumerable<CustomField> Fields()
    {
        FieldItem[] phones = [new(1, "WORK", 1, "WORK"), new(2, "MOB", 2, "MOB")];
        yield return Field(CostField, EntityKind.Leads, "Себестоимость", "numeric", "COST");
        yield return Field(ChannelField, EntityKind.Leads, "utm_source", "select", "UTM_CHANNEL") with { Enums = Items(910, Channels) };
        yield return Field(IndustryField, EntityKind.Companies, "Отрасль", "select", null) with { Enums = Items(920, Industries) };
        yield return Field(CacField, EntityKind.Companies, "Стоимость привлечения", "numeric", "CAC");
        yield return Field(LegalEntityField, EntityKind.Companies, "Юр. лицо", "legal_entity", null);
        // A type that no documentation names: readers have to live with it.
        yield return Field(MoodField, EntityKind.Companies, "Настроение", "mood_scale", null);
        yield return Field(CompanyPhoneField, EntityKind.Companies, "Телефон", "multitext", "PHONE") with { Enums = phones, IsPredefined = true };
        yield return Field(ContactPhoneField, EntityKind.Contacts, "Телефон", "multitext", "PHONE") with { Enums = phones, IsPredefined = true };
        yield return Field(ContactEmailField, EntityKind.Contacts, "Email", "multitext", "EMAIL") with { Enums = [new(3, "WORK", 1, "WORK")], IsPredefined = true };
        yield return Field(PositionField, EntityKind.Contacts, "Должность", "text", "POSITION") with { IsPredefined = true };
    }

    private static CustomField Field(long id, EntityKind entity, string name, string type, string? code) => new() { Id = id, Entity = entity, Name = name, Type = type, Code = code, Sort = (int)(id % 1000) };

    private static FieldItem[] Items(long first, IReadOnlyList<string> names) => [.. names.Select((name, place) => new FieldItem(first + place, name, place))];
}
