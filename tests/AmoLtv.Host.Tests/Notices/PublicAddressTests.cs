using System.Net;
using AmoLtv.Host.Notices;

namespace AmoLtv.Host.Tests.Notices;

[TestFixture]
public sealed class PublicAddressTests
{
    [TestCase("8.8.8.8", ExpectedResult = true)]
    [TestCase("2a02:6b8::feed:ff", ExpectedResult = true)]
    [TestCase("172.32.0.1", ExpectedResult = true)]
    [TestCase("10.1.2.3", ExpectedResult = false)]
    [TestCase("172.16.0.1", ExpectedResult = false)]
    [TestCase("192.168.1.1", ExpectedResult = false)]
    [TestCase("169.254.169.254", ExpectedResult = false, Description = "where clouds keep their secrets")]
    [TestCase("127.0.0.1", ExpectedResult = false)]
    [TestCase("0.0.0.0", ExpectedResult = false)]
    [TestCase("100.64.0.1", ExpectedResult = false)]
    [TestCase("::1", ExpectedResult = false)]
    [TestCase("::ffff:10.0.0.1", ExpectedResult = false)]
    [TestCase("64:ff9b::a00:1", ExpectedResult = false, Description = "10.0.0.1 behind NAT64")]
    [TestCase("fd00::1", ExpectedResult = false)]
    [TestCase("fe80::1", ExpectedResult = false)]
    public bool Address_is_of_the_internet_or_not(string address) => PublicAddress.Is(IPAddress.Parse(address));

    [TestCase("https://[::1%251]/hook")]
    [TestCase("https://localhost/hook")]
    [TestCase("https://[::ffff:192.168.0.1]/hook")]
    [TestCase("https://2130706433/hook", Description = "127.0.0.1 as one number")]
    public void Webhook_into_the_private_network_is_refused_in_whatever_way_it_is_written(string url) =>
        Assert.That(WebhookTarget.Trouble(url, allowsLoopback: false), Is.EqualTo("leads into a private network"));
}
