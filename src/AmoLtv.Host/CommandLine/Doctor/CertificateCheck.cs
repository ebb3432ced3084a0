using System.Globalization;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>The certificate that protects the keys of stored tokens.</summary>
internal sealed class CertificateCheck(IOptions<KeyOptions> options) : ICheck
{
    public const string Name = "certificate";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var files = new[] { options.Value.CertificateFile, options.Value.CertificatePasswordFile }.Concat(options.Value.PreviousCertificateFiles).OfType<string>();
        var exposed = files.Where(FileRights.IsSecretOpenToAll).ToList();
        using var certificate = SecretProtector.LoadCertificate(options.Value);
        var end = certificate is null ? (DateTimeOffset?)null : new DateTimeOffset(certificate.NotAfter);
        return Task.FromResult<IReadOnlyList<Finding>>([Judge(end, TimeProvider.System.GetUtcNow(), exposed)]);
    }

    /// <param name="end">Until when it is valid; null where there is none.</param>
    /// <param name="exposed">Its files that any user of the machine may read.</param>
    internal static Finding Judge(DateTimeOffset? end, DateTimeOffset now, IReadOnlyList<string> exposed)
    {
        const string Renew = "Make a new one, name it in Keys:CertificateFile, and keep this one in Keys:PreviousCertificateFiles.";
        if (end is not { } last)
        {
            return Finding.Warning(Name, "There is none: the keys of stored tokens lie unprotected.", "Name one in Keys:CertificateFile; without it the service starts in Development alone.");
        }

        var day = last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return exposed.Count > 0
            ? FileRights.Exposed(Name, exposed)
            : last <= now
                ? Finding.Warning(Name, $"It ended on {day}. Keys are still read with it.", Renew)
                : last - now < Soon
                    ? Finding.Warning(Name, $"It ends on {day}.", Renew)
                    : Finding.Ok(Name, $"It can be read and is valid until {day}.");
    }
}
