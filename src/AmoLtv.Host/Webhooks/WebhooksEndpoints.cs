namespace AmoLtv.Host.Webhooks;

/// <summary>The address the CRM calls when something changed.</summary>
public static class WebhooksEndpoints
{
    internal const string Path = "/hooks/amo/";

    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder endpoints)
    {
        // A plain delegate: nothing is bound, a flood of hooks costs no more than reading them.
        RequestDelegate receive = http => http.RequestServices.GetRequiredService<HookReceiver>().ReceiveAsync(http);
        endpoints.MapPost(Path + "{secret}", receive);
        return endpoints;
    }
}
