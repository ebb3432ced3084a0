namespace AmoLtv.Host.Cards;

/// <summary>Registers the services of this slice.</summary>
public static class CardsRegistration
{
    public static IServiceCollection AddCards(this IServiceCollection services) => services;
}
