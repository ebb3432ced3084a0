using System.Net;
using AmoLtv.Host.CommandLine;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.CommandLine;

/// <summary><c>amoltv health</c> answers by its exit status, as a container's health check wants it.</summary>
[TestFixture]
public sealed class HealthCommandTests
{
    [Test]
    public async Task Process_that_answers_well_is_well() => Assert.That(await AskAsync([200]), Is.Zero);

    [Test]
    public async Task Process_that_answers_with_an_error_is_not_well() => Assert.That(await AskAsync([503]), Is.EqualTo(1));

    [Test]
    public async Task Process_is_asked_again_where_it_may_take_its_time() => Assert.That(await AskAsync([503, 503, 200], "--wait", "60"), Is.Zero);

    [Test]
    public async Task Address_where_nobody_listens_is_not_well()
    {
        Assert.That(await RunAsync("--url", $"http://127.0.0.1:{FreePort.Next()}/"), Is.EqualTo(1));
    }

    [TestCase("ftp://127.0.0.1/")]
    [TestCase("health/ready")]
    public void Address_that_is_none_of_HTTP_is_refused_with_what_is_allowed(string url)
    {
        Assert.That(() => RunAsync("--url", url), Throws.TypeOf<CommandFailedException>().With.Message.Contains("--url").And.Message.Contains("/health/ready"));
    }

    private static async Task<int> AskAsync(int[] answers, params string[] more)
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort.Next()}/";
        server.Prefixes.Add(address);
        server.Start();
        var answering = AnswerAsync(server, answers);
        var status = await RunAsync(["--url", address, .. more]);
        await answering;
        return status;
    }

    private static async Task AnswerAsync(HttpListener server, int[] answers)
    {
        foreach (var answer in answers)
        {
            var asked = await server.GetContextAsync();
            asked.Response.StatusCode = answer;
            asked.Response.Close();
        }
    }

    private static Task<int> RunAsync(params string[] arguments) =>
        HealthCommand.Create().Parse(arguments).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
