using System.Text;
using AmoLtv.Host.Pages;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Pages;

/// <summary>Each file of the pages is compressed and kept once, until it is built again.</summary>
[TestFixture]
public sealed class PageFilesTests
{
    private static readonly Uri Parent = new("https://acme.amocrm.ru");

    private string _folder = null!;
    private PageFiles _files = null!;

    [SetUp]
    public void Build()
    {
        _folder = Directory.CreateTempSubdirectory("amoltv-pagefiles-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "assets", "deep"));
        File.WriteAllText(Path.Combine(_folder, "index.html"), "<html><head></head></html>");
        File.WriteAllText(Path.Combine(_folder, "assets", "deep", "main-1.js"), "console.debug('page');");
        _files = new PageFiles(Options.Create(new PagesOptions { Folder = _folder }), NullLogger<PageFiles>.Instance);
    }

    [TearDown]
    public void Remove()
    {
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Asset_is_kept_once()
    {
        var first = _files.FindAsset("deep/main-1.js");
        var second = _files.FindAsset("deep/main-1.js");

        Assert.That(first, Is.Not.Null.And.SameAs(second));
    }

    [TestCase("/deep/main-1.js")]
    [TestCase("deep//main-1.js")]
    [TestCase("deep/main-1.js/")]
    [TestCase("")]
    public void Asset_has_no_address_with_an_empty_part(string path)
    {
        Assert.That(_files.FindAsset(path), Is.Null);
    }

    [Test]
    public void Index_is_composed_once_for_each_parent()
    {
        var (alone, framed) = (_files.FindIndex(null)!, _files.FindIndex(Parent)!);

        Assert.That((_files.FindIndex(null), _files.FindIndex(new Uri("https://acme.amocrm.ru"))), Is.EqualTo((alone, framed)).Using<PageFile>(ReferenceEquals));
        Assert.That(Encoding.UTF8.GetString(alone.Plain), Does.Contain("content=\"\""));
        Assert.That(Encoding.UTF8.GetString(framed.Plain), Does.Contain("content=\"https://acme.amocrm.ru\""));
    }

    [Test]
    public void Index_that_was_built_again_is_read_again()
    {
        var before = _files.FindIndex(null)!;
        File.WriteAllText(Path.Combine(_folder, "index.html"), "<html><head><title>new</title></head></html>");

        Assert.That(_files.FindIndex(null)!.ETag, Is.Not.EqualTo(before.ETag));
    }
}
