using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Encrypts what must not be readable in the database: tokens, authorization codes, states. Keys lie in <c>Keys:Folder</c>.</summary>
public sealed class SecretProtector
{
    private const string Application = "AmoLtv";
    private readonly IDataProtectionProvider _provider;
    private readonly IDataProtector _tokens;
    private readonly IDataProtector _states;

    public SecretProtector(IOptions<KeyOptions> options)
    {
        _provider = Provider(options.Value);
        _tokens = _provider.CreateProtector("grants.v1");
        _states = _provider.CreateProtector("oauth-states.v1");
    }

    /// <summary>Keys of their own for another purpose: what is protected for one cannot be read for another.</summary>
    public IDataProtector For(string purpose) => _provider.CreateProtector(purpose);

    public byte[] Protect(string secret) => _tokens.Protect(Encoding.UTF8.GetBytes(secret));

    /// <exception cref="ConnectionLostException">The key it was encrypted with is not in the folder.</exception>
    public string Unprotect(byte[] secret)
    {
        try
        {
            return Encoding.UTF8.GetString(_tokens.Unprotect(secret));
        }
        catch (CryptographicException failure)
        {
            throw new ConnectionLostException(
                "The stored token cannot be decrypted: the keys in Keys:Folder are not those it was encrypted with. "
                + "Restore the folder, or let an administrator of the account install the integration again.", failure);
        }
    }

    /// <summary>A text that only this service can have made, safe in an address.</summary>
    public string Sign(string text) => _states.Protect(text);

    /// <returns>What was signed, or null where this service did not sign it.</returns>
    public string? Verify(string text)
    {
        try
        {
            return _states.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static X509Certificate2? LoadCertificate(KeyOptions options)
    {
        if (options.CertificateFile is null)
        {
            return null;
        }

        return X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile, Password(options));
    }

    /// <summary>A certificate by which keys were protected once; its password is the present one's, or it has none.</summary>
    internal static X509Certificate2 LoadPrevious(KeyOptions options, string file)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, Password(options));
        }
        catch (CryptographicException) when (options.CertificatePasswordFile is not null)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, null);
        }
    }

    private static string? Password(KeyOptions options) =>
        options.CertificatePasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;

    private static IDataProtectionProvider Provider(KeyOptions options)
    {
        if (options.Folder is null)
        {
            return DataProtectionProvider.Create(Application);
        }

        var folder = Directory.CreateDirectory(options.Folder);
        return LoadCertificate(options) is { } certificate
            ? DataProtectionProvider.Create(folder, keys => Name(keys, options), certificate)
            : DataProtectionProvider.Create(folder, keys => keys.SetApplicationName(Application));
    }

    private static void Name(IDataProtectionBuilder keys, KeyOptions options)
    {
        keys.SetApplicationName(Application);
        if (options.PreviousCertificateFiles.Count > 0)
        {
            keys.UnprotectKeysWithAnyCertificate([.. options.PreviousCertificateFiles.Select(file => LoadPrevious(options, file))]);
        }
    }
}
