namespace AmoLtv.Sandbox;

/// <summary>Which of the two vendors the sandbox plays. They differ in the lead's amount, <c>platform</c>, the 429 body and the page limit of events.</summary>
public enum Brand
{
    /// <summary>amocrm.ru: <c>price</c> is an integer, <c>platform=1</c>.</summary>
    Amocrm = 1,

    /// <summary>kommo.com: <c>price_with_minor_units</c> beside <c>price</c>, <c>platform=2</c>.</summary>
    Kommo = 2,
}
