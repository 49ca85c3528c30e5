namespace CallCenterKit.Ivr.Prompts;

public sealed class PromptFolderTests : IDisposable
{
    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("prompts");

    public PromptFolderTests()
    {
        Directory.CreateDirectory(Path.Combine(_outer.FullName, "prompts", "en"));
        File.WriteAllText(Path.Combine(_outer.FullName, "secret.wav"), "");
        File.WriteAllText(Path.Combine(_outer.FullName, "prompts", "menu.wav"), "");
        File.WriteAllText(Path.Combine(_outer.FullName, "prompts", "en", "menu.wav"), "");
    }

    private string Folder => Path.Combine(_outer.FullName, "prompts");

    [Theory]
    [InlineData("menu.wav")]
    [InlineData("en/menu.wav")]
    public void A_prompt_is_found_below_the_folder(string name)
    {
        Assert.True(new PromptFolder(Folder).TryFind(name, out var path));
        Assert.Equal(Path.Combine(Folder, name), path);
    }

    [Theory]
    [InlineData("other.wav")]
    [InlineData("en")]
    [InlineData("../secret.wav")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData("../prompts")]
    [InlineData("menu.wav\0")]
    public void What_is_not_a_file_below_the_folder_is_not_found(string name)
    {
        Assert.False(new PromptFolder(Folder).TryFind(name, out var path));
        Assert.Null(path);
    }

    [Fact]
    public void Its_description_names_the_folder_and_says_when_there_is_none()
    {
        var missing = Path.Combine(_outer.FullName, "missing");

        Assert.Equal($"folder '{Folder}'", new PromptFolder(Folder).Description);
        Assert.Equal($"folder '{missing}', which does not exist", new PromptFolder(missing + "/").Description);
    }

    public void Dispose() => _outer.Delete(recursive: true);
}
