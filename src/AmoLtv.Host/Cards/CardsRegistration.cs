namespace AmoLtv.Host.Cards;

/// <summary>Registers the services of this slice.</summary>
public static class CardsRegistration
{
    /// <summary>Decisions of access kept at once; older ones are asked again.</summary>
    private const long MostDecisions = 200_000;

    public static IServiceCollection AddCards(this IServiceCollection services)
    {
        services.AddMemoryCache(cache => cache.SizeLimit = MostDecisions);
        services.AddSingleton<AccessGate>();
        services.AddSingleton<CardStore>();
        services.AddSingleton<CardLeadStore>();
        services.AddSingleton<CardAccess>();
        services.AddSingleton<RememberedCards>();
        services.AddSingleton<CardReader>();
        services.AddSingleton<RemarkStore>();
        services.AddSingleton<RemarkWriter>();
        return services;
    }
}
