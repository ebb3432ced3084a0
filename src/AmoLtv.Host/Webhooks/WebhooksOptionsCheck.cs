using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>Names each wrong key of the section <c>Webhooks</c> and what is allowed there.</summary>
internal sealed class WebhooksOptionsCheck : IValidateOptions<WebhooksOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        var errors = new List<string>();
        if (options.PublicAddress is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.PathAndQuery != "/"))
        {
            errors.Add($"Webhooks:PublicAddress: '{address}' is not allowed; an address without a path, such as https://ltv.example.com.");
        }

        if (options.SettleSeconds is not (>= 1 and <= 60))
        {
            errors.Add($"Webhooks:SettleSeconds: {options.SettleSeconds} is not allowed; 1 to 60.");
        }

        if (options.MaxAtOnce is not (>= 1 and <= 64))
        {
            errors.Add($"Webhooks:MaxAtOnce: {options.MaxAtOnce} is not allowed; 1 to 64.");
        }

        if (options.MaxWholeAtOnce is not (>= 1 and <= 16))
        {
            errors.Add($"Webhooks:MaxWholeAtOnce: {options.MaxWholeAtOnce} is not allowed; 1 to 16.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
