using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Host.Analytics;

/// <summary>What is known of clients that may go with a higher LTV.</summary>
/// <param name="analysed">The base.</param>
/// <param name="firsts">First purchase of each client by its place.</param>
internal sealed class ClientTraits(AnalysedBase analysed, IReadOnlyList<AnalysedPurchase?> firsts)
{
    /// <summary>Those that every account has; made one at a time, since each is as long as the base.</summary>
    public IEnumerable<DriverTrait> Own()
    {
        yield return DriverTrait.OfTexts("channel", Texts((client, _) => client.Valuation.Channel));
        yield return DriverTrait.OfTexts("manager", Texts((client, _) => client.Responsible?.ToString()));
        yield return DriverTrait.OfNumbers("firstPurchase", Of((_, first) => first?.Amount));
        yield return DriverTrait.OfTexts("pipeline", Texts((_, first) => first?.Pipeline?.ToString()));
    }

    /// <param name="field">The field.</param>
    /// <param name="texts">Its value by company.</param>
    /// <param name="isNumeric">Whether it holds numbers.</param>
    public DriverTrait OfCompanyField(FieldId field, IReadOnlyDictionary<long, string> texts, bool isNumeric) => OfField(
        $"company:{field}", isNumeric, (client, _) => client.Key.Scope == CustomerScope.Company ? texts.GetValueOrDefault(client.Key.Id) : null);

    /// <param name="field">The field.</param>
    /// <param name="texts">Its value by lead.</param>
    /// <param name="isNumeric">Whether it holds numbers.</param>
    public DriverTrait OfLeadField(FieldId field, IReadOnlyDictionary<long, string> texts, bool isNumeric) =>
        OfField($"lead:{field}", isNumeric, (_, first) => first is { } purchase ? texts.GetValueOrDefault(purchase.Lead.Value) : null);

    private DriverTrait OfField(string name, bool isNumeric, Func<AnalysedClient, AnalysedPurchase?, string?> textOf) => isNumeric
        ? DriverTrait.OfNumbers(name, Of((client, first) => FieldText.Money(textOf(client, first))))
        : DriverTrait.OfTexts(name, Texts(textOf));

    private Dictionary<CustomerKey, string> Texts(Func<AnalysedClient, AnalysedPurchase?, string?> textOf)
    {
        var levels = new Dictionary<CustomerKey, string>();
        foreach (var (place, client) in analysed.Clients.Index())
        {
            if (textOf(client, firsts[place]) is { } text)
            {
                levels[client.Key] = text;
            }
        }

        return levels;
    }

    private Dictionary<CustomerKey, decimal> Of(Func<AnalysedClient, AnalysedPurchase?, decimal?> numberOf)
    {
        var numbers = new Dictionary<CustomerKey, decimal>();
        foreach (var (place, client) in analysed.Clients.Index())
        {
            if (numberOf(client, firsts[place]) is { } number)
            {
                numbers[client.Key] = number;
            }
        }

        return numbers;
    }
}
