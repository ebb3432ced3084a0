using AmoLtv.AmoCrm.OAuth;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Names each wrong key of the list <c>Integrations</c> and what is allowed there.</summary>
internal sealed class IntegrationsCheck : IValidateOptions<IntegrationsOptions>
{
    public const int MinSecretLength = 32;

    public ValidateOptionsResult Validate(string? name, IntegrationsOptions options)
    {
        var errors = options.Items.SelectMany(Errors).ToList();
        errors.AddRange(options.Items
            .Select((item, index) => (item.ClientId, index))
            .GroupBy(item => item.ClientId, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Key.Length > 0 && group.Count() > 1)
            .Select(group => $"Integrations:{group.Last().index}:ClientId: {group.Key} is there twice; each integration is listed once."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(IntegrationOptions item, int index)
    {
        var key = $"Integrations:{index}";
        if (string.IsNullOrWhiteSpace(item.ClientId))
        {
            yield return $"{key}:ClientId: missing; the integration's id at the CRM.";
        }

        if (item.Brand is not ("amocrm" or "kommo"))
        {
            yield return $"{key}:Brand: '{item.Brand}' is not allowed; amocrm or kommo.";
        }

        if (!IsPermitted(item.RedirectUri))
        {
            yield return $"{key}:RedirectUri: '{item.RedirectUri}' is not allowed; an absolute https address (http only on loopback), as registered at the CRM.";
        }

        if (item.AuthorizeUri is not null && !IsPermitted(item.AuthorizeUri))
        {
            yield return $"{key}:AuthorizeUri: '{item.AuthorizeUri}' is not allowed; an absolute https address (http only on loopback).";
        }

        if (SecretError(item) is { } error)
        {
            yield return $"{key}:{error}";
        }

        if (PreviousError(item) is { } previous)
        {
            yield return $"{key}:{previous}";
        }
    }

    private static string? SecretError(IntegrationOptions item) =>
        item.ClientSecret is null == item.ClientSecretFile is null
            ? "ClientSecret: give either ClientSecret or ClientSecretFile."
            : Error("ClientSecret", item.ClientSecret, item.ClientSecretFile);

    private static string? PreviousError(IntegrationOptions item) => (item.PreviousClientSecret, item.PreviousClientSecretFile) switch
    {
        (null, null) => null,
        ({ }, { }) => "PreviousClientSecret: give either PreviousClientSecret or PreviousClientSecretFile, or neither where the secret is not changing.",
        var (secret, file) => Error("PreviousClientSecret", secret, file),
    };

    private static string? Error(string key, string? secret, string? file)
    {
        if (file is not null && !File.Exists(file))
        {
            return $"{key}File: there is no file {file}.";
        }

        try
        {
            var length = (secret ?? File.ReadAllText(file!).Trim()).Length;
            return length >= MinSecretLength
                ? null
                : $"{(secret is null ? key + "File" : key)}: {length} characters; at least {MinSecretLength}, the CRM's have 64.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{key}File: {file} cannot be read: {failure.Message}";
        }
    }

    private static bool IsPermitted(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && CrmHost.IsLoopback(uri)));
}
