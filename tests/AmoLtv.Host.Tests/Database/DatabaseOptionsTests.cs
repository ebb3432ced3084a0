using AmoLtv.Host.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Database;

[TestFixture]
public sealed class DatabaseOptionsTests
{
    [TestCase("")]
    [TestCase("Database=amoltv")]
    [TestCase("garbage")]
    [TestCase("Host=localhost;Password=geheim;Port=many")]
    public void Connection_string_that_cannot_be_used_is_named_with_what_is_allowed(string text) =>
        Assert.That(
            () => Start(text),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Database:ConnectionString").And.Message.Contains("for example")
                .And.Message.Not.Contains("geheim"));

    [Test]
    public void Socket_folder_without_a_password_starts() =>
        Assert.That(() => Start("Host=/var/run/postgresql;Database=amoltv"), Throws.Nothing);

    private static void Start(string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:ConnectionString", text)]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddDatabase().BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
