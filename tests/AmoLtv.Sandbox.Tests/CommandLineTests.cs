using System.Diagnostics;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The sandbox as a process of its own: what it announces, how it refuses, what a kill leaves behind.</summary>
internal sealed class CommandLineTests
{
    private readonly List<Process> _started = [];
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sandbox-process-").FullName;

    [TearDown]
    public void StopAndRemove()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _started.Clear();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Ready_file_names_both_addresses_the_process_and_the_account()
    {
        var (process, ready) = await StartAsync("--urls", "http://127.0.0.1:0;https://127.0.0.1:0", "--account-id", "42", "--companies", "5", "--leads", "10");
        Assert.Multiple(() =>
        {
            Assert.That(ready.GetProperty("http").GetString(), Does.StartWith("http://127.0.0.1:"));
            Assert.That(ready.GetProperty("https").GetString(), Does.StartWith("https://127.0.0.1:"));
            Assert.That(ready.GetProperty("pid").GetInt32(), Is.EqualTo(process.Id));
            Assert.That(ready.GetProperty("accountId").GetInt64(), Is.EqualTo(42));
            Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo($"Sandbox ready at {ready.GetProperty("http").GetString()}"));
        });
    }

    [Test]
    public async Task Acknowledged_changes_survive_a_kill()
    {
        string[] arguments = ["--data", Path.Combine(_folder, "data"), "--companies", "5", "--leads", "10"];
        var (process, ready) = await StartAsync(arguments);
        using var first = new HttpClient { BaseAddress = new Uri(ready.GetProperty("http").GetString()!) };
        using var created = await first.PostAsync("/sandbox/leads", new StringContent("""{"name":"Уцелевшая","price":5}"""));
        var id = (await Caller.JsonAsync(created)).GetProperty("id").GetInt64();
        process.Kill();
        await process.WaitForExitAsync();

        await using var again = await SandboxServer.StartAsync(new SandboxOptions { DataFolder = Path.Combine(_folder, "data"), Companies = 5, Leads = 10 });
        Assert.That(again.State.Leads.Find(id)?.Name, Is.EqualTo("Уцелевшая"));
    }

    [TestCase("--rate", "0")]
    [TestCase("--time-scale", "-1")]
    [TestCase("--months", "0")]
    [TestCase("--integration", "only-an-id")]
    [TestCase("--integration", "id,secret,no-address")]
    [TestCase("--transactions", "/no/such/file.csv")]
    [TestCase("--widget", "/no/such/widget.zip")]
    public async Task Bad_argument_ends_with_status_1_and_a_sentence(string option, string value)
    {
        using var process = Start(option, value);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Multiple(() =>
        {
            Assert.That(process.ExitCode, Is.EqualTo(1));
            Assert.That(said.Trim(), Is.Not.Empty.And.Not.Contain("   at "));
        });
    }

    private async Task<(Process Process, JsonElement Ready)> StartAsync(params string[] arguments)
    {
        var file = Path.Combine(_folder, "ready.json");
        var process = Start([.. arguments, "--ready-file", file]);
        _started.Add(process);
        var deadline = Stopwatch.StartNew();
        while (!File.Exists(file))
        {
            Assert.That(process.HasExited, Is.False, "The sandbox ended.");
            Assert.That(deadline.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "The sandbox does not get ready.");
            await Task.Delay(20);
        }

        using var ready = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return (process, ready.RootElement.Clone());
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(SandboxServer).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
