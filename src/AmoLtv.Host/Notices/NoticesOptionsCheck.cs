using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Notices;

/// <summary>Names each wrong key of the section <c>Notices</c> and what is allowed there.</summary>
internal sealed class NoticesOptionsCheck : IValidateOptions<NoticesOptions>
{
    public ValidateOptionsResult Validate(string? name, NoticesOptions options)
    {
        List<string> errors = [.. Ranges(options)];
        if (options.SmtpHost is not null && !MailAddress.TryCreate(options.SmtpFrom, out _))
        {
            errors.Add($"Notices:SmtpFrom: '{options.SmtpFrom}' is not allowed while Notices:SmtpHost is set; an e-mail address.");
        }

        if (options.SmtpUser is not null && options.SmtpPasswordFile is null)
        {
            errors.Add("Notices:SmtpPasswordFile: is needed while Notices:SmtpUser is set; a file that holds the password alone.");
        }

        if (options.SmtpPasswordFile is { } file && !File.Exists(file))
        {
            errors.Add($"Notices:SmtpPasswordFile: there is no file '{file}'.");
        }

        if (options is { SmtpStartTls: false, SmtpHost: { } host } && !IsLoopback(host))
        {
            errors.Add("Notices:SmtpStartTls: false is not allowed for a mail server elsewhere; only for one on loopback.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Ranges(NoticesOptions options)
    {
        (string Key, int Value, int Least, int Most)[] ranges =
        [
            (nameof(options.CheckSeconds), options.CheckSeconds, 5, 3600),
            (nameof(options.SmtpPort), options.SmtpPort, 1, 65535),
            (nameof(options.TimeoutSeconds), options.TimeoutSeconds, 1, 120),
        ];
        return ranges.Where(range => range.Value < range.Least || range.Value > range.Most)
            .Select(range => $"Notices:{range.Key}: {range.Value} is not allowed; {range.Least} to {range.Most}.");
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
