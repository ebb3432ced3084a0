using System.Security.Cryptography.X509Certificates;
using AmoLtv.Host.Installing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>Keys change by themselves each quarter and certificates by the operator's hand: what was stored before stays readable.</summary>
[TestFixture]
public sealed class KeyRotationTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("amoltv-rotation-");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void Tokens_from_before_a_new_key_are_read_after_it_and_new_ones_are_written_with_it()
    {
        var options = Options(Certificate("first"));
        var old = new SecretProtector(options).Protect("old token");
        Rotate(options.Value);
        var after = new SecretProtector(options);
        var young = after.Protect("young token");

        Assert.That(after.Unprotect(old), Is.EqualTo("old token"));
        Assert.That(after.Unprotect(young), Is.EqualTo("young token"));
        Assert.That(KeyOf(young), Is.Not.EqualTo(KeyOf(old)));
        Assert.That(Directory.GetFiles(_folder.FullName, "key-*.xml").Select(File.ReadAllText), Has.Exactly(2).Items.And.All.Contains("EncryptedData"));
    }

    [Test]
    public void Tokens_from_before_a_new_certificate_are_read_while_the_old_one_is_named()
    {
        var first = Certificate("first");
        var second = Certificate("second");
        var old = new SecretProtector(Options(first)).Protect("old token");
        var named = Options(second, first);
        Rotate(named.Value);

        var after = new SecretProtector(named);
        var young = after.Protect("young token");

        Assert.That(after.Unprotect(old), Is.EqualTo("old token"));
        Assert.That(after.Unprotect(young), Is.EqualTo("young token"));
        var alone = new SecretProtector(Options(second));
        Assert.That(alone.Unprotect(young), Is.EqualTo("young token"), "The new key needs the new certificate alone.");
        Assert.That(() => alone.Unprotect(old), Throws.TypeOf<ConnectionLostException>(), "Whoever stole the new certificate alone reads nothing old.");
    }

    private static IOptions<KeyOptions> Options(KeyOptions options) => Microsoft.Extensions.Options.Options.Create(options);

    private IOptions<KeyOptions> Options(string certificate, params string[] previous) =>
        Options(new KeyOptions { Folder = _folder.FullName, CertificateFile = certificate, PreviousCertificateFiles = [.. previous] });

    private string Certificate(string name)
    {
        // With a password each is a certificate of its own; stored again without one.
        var made = KeyCertificate.Make(_folder.FullName, name);
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(made, name, X509KeyStorageFlags.Exportable);
        var path = Path.Combine(_folder.FullName, name + ".pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    /// <summary>What the service does by itself some days before a key's end.</summary>
    private static void Rotate(KeyOptions options)
    {
        using var certificate = SecretProtector.LoadCertificate(options)!;
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("AmoLtv").PersistKeysToFileSystem(new DirectoryInfo(options.Folder!)).ProtectKeysWithCertificate(certificate);
        using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
    }

    /// <summary>The id of the key that a protected text names: 16 bytes after four of a magic number.</summary>
    private static Guid KeyOf(byte[] secret) => new(secret.AsSpan(4, 16));
}
