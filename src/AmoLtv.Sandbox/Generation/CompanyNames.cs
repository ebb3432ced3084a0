namespace AmoLtv.Sandbox.Generation;

/// <summary>Russian company names, a few of them the kind that breaks a careless page.</summary>
internal static class CompanyNames
{
    /// <summary>Long, quoted, and full of what HTML and CSV read as their own.</summary>
    public const string Nasty = "ООО \"Очень-очень длинное название с кавычками & <тегами>\"";

    private static readonly string[] Forms = ["ООО", "ООО", "ООО", "ООО", "АО", "ЗАО", "ПАО", "НПО", "ГК"];
    private static readonly string[] Starts = ["Сев", "Урал", "Волга", "Сибирь", "Балт", "Дон", "Нева", "Кама", "Алтай", "Юг", "Восток", "Центр", "Пром", "Гео", "Тех", "Агро", "Мед", "Энерго", "Инвест", "Рос"];
    private static readonly string[] Ends = ["строй", "металл", "снаб", "торг", "логистика", "проект", "комплект", "сервис", "монтаж", "пласт", "маш", "софт", "пак", "хим", "ресурс", "лес", "трейд", "оптика", "кабель", "деталь"];
    private static readonly string[] Words = ["Вектор", "Горизонт", "Прогресс", "Альянс", "Меридиан", "Гранит", "Маяк", "Контур", "Импульс", "Стандарт", "Орион", "Атлант", "Форум", "Эталон", "Кристалл", "Родник", "Магистраль", "Партнёр", "Фаворит", "Квант"];
    private static readonly string[] Surnames = ["Абрамов", "Белов", "Воронин", "Громов", "Данилов", "Ершов", "Жуков", "Зимин", "Климов", "Лыков", "Мухин", "Носов", "Панов", "Рогов", "Сомов", "Титов", "Ушаков", "Фомин", "Чернов", "Шубин"];
    private static readonly string[] Initials = ["А. В.", "И. П.", "С. Н.", "Е. А.", "Д. М.", "О. И.", "В. К.", "Н. Ю."];

    /// <param name="number">The company's place; the seventh is the nasty one.</param>
    public static string Make(SeededRandom random, int number)
    {
        if (number == 6)
        {
            return Nasty;
        }

        if (random.Chance(0.12))
        {
            return $"ИП {random.Pick(Surnames)} {random.Pick(Initials)}";
        }

        var form = random.Pick(Forms);
        var name = random.Chance(0.6) ? random.Pick(Starts) + random.Pick(Ends) : $"{random.Pick(Words)}-{random.Pick(Starts)}";
        return random.Chance(0.2) ? $"{form} «{name} {random.Below(90) + 10}»" : $"{form} «{name}»";
    }
}
