using System.Text.Json;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>Reads and writes subscriptions.</summary>
internal static class WebhookJson
{
    /// <returns>The subscription to this address, null where the CRM has none. A CRM that ignores the filter lists others too.</returns>
    public static CrmWebhook? Find(CrmAnswer answer, string destination) => Json.List(answer.Body, "_embedded", "webhooks")
        .Where(row => Json.Text(row, "destination") == destination)
        .Select(row => new CrmWebhook(
            destination,
            Json.IsTrue(row, "disabled"),
            Json.List(row, "settings").Select(Json.Scalar).OfType<string>().ToHashSet(StringComparer.Ordinal)))
        .FirstOrDefault();

    public static IReadOnlyList<string> Addresses(CrmAnswer answer) =>
        [.. Json.List(answer.Body, "_embedded", "webhooks").Select(row => Json.Text(row, "destination")).OfType<string>()];

    public static byte[] Subscription(string destination, IReadOnlyCollection<string> events) =>
        JsonSerializer.SerializeToUtf8Bytes(new { destination, settings = events });

    public static byte[] Address(string destination) => JsonSerializer.SerializeToUtf8Bytes(new { destination });
}
