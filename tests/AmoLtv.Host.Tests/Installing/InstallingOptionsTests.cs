using AmoLtv.Host.Installing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>A wrong setting is named at start, with what is allowed.</summary>
[TestFixture]
public sealed class InstallingOptionsTests
{
    private static readonly string Secret = new('s', 64);

    [Test]
    public void Settings_that_are_right_start() => Assert.That(() => Start("Development", Valid()), Throws.Nothing);

    [TestCase("Integrations:0:ClientId", "", "Integrations:0:ClientId")]
    [TestCase("Integrations:0:Brand", "hubspot", "amocrm or kommo")]
    [TestCase("Integrations:0:RedirectUri", "http://ltv.example.com/oauth/callback", "https")]
    [TestCase("Integrations:0:RedirectUri", "callback", "Integrations:0:RedirectUri")]
    [TestCase("Integrations:0:AuthorizeUri", "http://evil.example.com", "Integrations:0:AuthorizeUri")]
    [TestCase("Integrations:0:ClientSecret", "short", "at least 32")]
    [TestCase("Integrations:0:ClientSecretFile", "/no/such/file", "either ClientSecret or ClientSecretFile")]
    [TestCase("Crm:ExtraHosts:0", "http://crm.example.com", "Crm:ExtraHosts:0")]
    [TestCase("Crm:RequestsPerSecond", "8", "RequestsPerSecond")]
    [TestCase("Crm:RequestsPerSecond", "0", "RequestsPerSecond")]
    [TestCase("Crm:TimeoutSeconds", "0", "TimeoutSeconds")]
    [TestCase("Keys:CertificateFile", "/no/such/file", "Keys:")]
    [TestCase("Keys:Folder", "/proc/nope", "Keys:Folder: '/proc/nope' cannot be used")]
    public void Setting_that_is_wrong_is_named(string key, string value, string words)
    {
        var settings = Valid();
        settings[key] = value;

        Assert.That(() => Start("Development", settings), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(words));
    }

    [Test]
    public void Integration_listed_twice_is_refused()
    {
        var settings = Valid();
        foreach (var (key, value) in Valid().Where(entry => entry.Key.StartsWith("Integrations:0", StringComparison.Ordinal)))
        {
            settings[key.Replace(":0:", ":1:", StringComparison.Ordinal)] = value;
        }

        Assert.That(() => Start("Development", settings), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Integrations:1:ClientId"));
    }

    [TestCase("Production")]
    [TestCase("Staging")]
    public void Environment_other_than_Development_does_not_start_with_unprotected_keys(string environment)
    {
        Assert.That(() => Start(environment, Valid()), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Keys:Folder").And.Message.Contains("Keys:CertificateFile"));
    }

    [Test]
    public void Keys_are_protected_by_the_certificate_and_tokens_are_read_again_by_the_next_process()
    {
        using var folder = new TemporaryFolder();
        var settings = Valid();
        settings["Keys:Folder"] = folder.Path;
        settings["Keys:CertificateFile"] = KeyCertificate.Make(folder.Path, "password");
        settings["Keys:CertificatePasswordFile"] = Path.Combine(folder.Path, "password.txt");
        File.WriteAllText(settings["Keys:CertificatePasswordFile"]!, "password\n");

        var secret = Start("Production", settings).Protect("token");

        Assert.That(Start("Production", settings).Unprotect(secret), Is.EqualTo("token"));
        var keys = Directory.GetFiles(folder.Path, "key-*.xml").Select(File.ReadAllText).ToList();
        Assert.That(keys, Has.Count.EqualTo(1).And.All.Contains("EncryptedData").And.None.Contains("<value>"));
    }

    [Test]
    public void Tokens_encrypted_with_other_keys_are_a_lost_connection_in_words()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var settings = Valid();
        settings["Keys:Folder"] = first.Path;
        var secret = Start("Development", settings).Protect("token");
        settings["Keys:Folder"] = second.Path;

        Assert.That(() => Start("Development", settings).Unprotect(secret), Throws.TypeOf<ConnectionLostException>().With.Message.Contains("Keys:Folder"));
    }

    private static SecretProtector Start(string environment, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddInstalling();
        var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services.GetRequiredService<SecretProtector>();
    }

    private static Dictionary<string, string?> Valid() => new()
    {
        ["Integrations:0:ClientId"] = "11111111-2222-3333-4444-555555555555",
        ["Integrations:0:ClientSecret"] = Secret,
        ["Integrations:0:Brand"] = "amocrm",
        ["Integrations:0:RedirectUri"] = "https://ltv.example.com/oauth/callback",
        ["Crm:ExtraHosts:0"] = "127.0.0.1:8080",
    };

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
