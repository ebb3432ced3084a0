using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>A self-made certificate that protects keys, as Production demands.</summary>
internal static class KeyCertificate
{
    // A key of 2,048 bits takes a good part of a second to find, and one serves every test.
    private static readonly Lazy<byte[]> WithoutPassword = new(() => Export(null, 1));

    /// <returns>Path of the PKCS#12 file.</returns>
    public static string Make(string folder, string? password, int days = 1)
    {
        var path = Path.Combine(folder, "keys.pfx");
        File.WriteAllBytes(path, password is null && days == 1 ? WithoutPassword.Value : Export(password, days));
        return path;
    }

    private static byte[] Export(string? password, int days)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=amoltv keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(days));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
