using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Generation;

/// <summary>
/// Gives a generated account a list of products and links them to its leads. Random numbers of its own: whatever else a seed makes stays
/// the same. Clients buy by the habit of their kind, and a machine is often followed by its setting-up, that by service, that by spare parts.
/// </summary>
internal sealed class ProductShelf(SandboxState state, int seed)
{
    public const long ProductsCatalog = 4600;
    public const long CitiesCatalog = 4601;
    public const long SkuField = 700_101;
    public const long GroupField = 700_102;
    public const long PriceField = 700_103;
    public const long FirstElement = 9_000_001;

    private const double ShareLinked = 0.85;
    private const double ShareFollowing = 0.5;

    /// <summary>Names, and the place of what is bought after them; −1: nothing in particular.</summary>
    private static readonly (string Name, string Group, decimal Price, int Next)[] Products =
    [
        ("Станок токарный ТК-20", "Оборудование", 480_000, 6),
        ("Станок фрезерный ФМ-12", "Оборудование", 620_000, 6),
        ("Компрессор винтовой", "Оборудование", 210_000, 8),
        ("Конвейер ленточный", "Оборудование", 350_000, 7),
        ("Сварочный аппарат", "Оборудование", 95_000, 10),
        ("Шкаф управления", "Оборудование", 140_000, 7),
        ("Пусконаладка", "Услуги", 60_000, 8),
        ("Монтаж", "Услуги", 45_000, 8),
        ("Сервисный договор на год", "Услуги", 90_000, 11),
        ("Обучение операторов", "Услуги", 30_000, 8),
        ("Электроды, упаковка", "Расходные материалы", 4_800, 12),
        ("Комплект запасных частей", "Расходные материалы", 38_000, 13),
        ("Масло индустриальное, 20 л", "Расходные материалы", 6_200, 13),
        ("Фильтр масляный", "Расходные материалы", 1_900, 12),
        ("Датчик давления", "Комплектующие", 7_400, 15),
        ("Реле \"РП-21\" & <колодка>", "Комплектующие", 1_150, 14),
        ("Кабель силовой, 100 м", "Комплектующие", 24_000, 15),
        ("Ремень приводной", "Комплектующие", 2_300, 13),
    ];

    /// <summary>What clients of a kind begin with; the kind follows from the client's number.</summary>
    private static readonly int[][] Kinds = [[0, 1, 5, 9], [2, 3, 7, 16], [4, 10, 12], [14, 15, 17, 16], [11, 12, 13, 17]];

    private readonly SeededRandom _random = new SeededRandom((ulong)seed ^ 0x70726F6475637473).Branch(5);

    public void Fill()
    {
        state.Save(new Catalog(ProductsCatalog, "Товары", "products", 10));
        state.Save(new Catalog(CitiesCatalog, "Города", "regular", 20));
        foreach (var (product, place) in Products.Select((product, place) => (product, place)))
        {
            state.Save(new CatalogElement
            {
                Id = FirstElement + place, CatalogId = ProductsCatalog, Name = product.Name, Sku = $"A-{place + 1:D3}", Group = product.Group, Price = product.Price,
            });
        }

        state.Save(new CatalogElement { Id = FirstElement + 500, CatalogId = CitiesCatalog, Name = "Казань" });
        var last = new Dictionary<long, int>();
        foreach (var lead in state.Leads.All)
        {
            // Nobody has seen the lead yet: no index knows of its products.
            lead.Elements = Linked(lead, last);
        }
    }

    private LinkedElement[] Linked(Lead lead, Dictionary<long, int> last)
    {
        var client = lead.CompanyId ?? lead.ContactIds.FirstOrDefault();
        if (!_random.Chance(lead.StatusId == Lead.Won ? ShareLinked : ShareLinked / 2))
        {
            return [];
        }

        var kind = Kinds[(int)(client % Kinds.Length)];
        var main = last.TryGetValue(client, out var before) && Products[before].Next >= 0 && _random.Chance(ShareFollowing)
            ? Products[before].Next
            : _random.Chance(0.75) ? _random.Pick(kind) : _random.Below(Products.Length);
        if (lead.StatusId == Lead.Won)
        {
            last[client] = main;
        }

        var places = new List<int> { main };
        for (var more = 0; more < 2 && _random.Chance(0.25); more++)
        {
            places.Add(_random.Below(Products.Length));
        }

        return [.. places.Distinct().Select(Element)];
    }

    private LinkedElement Element(int place) =>
        new(ProductsCatalog, FirstElement + place, Products[place].Price < 10_000 ? 1 + _random.Below(20) : 1, PriceField);
}
