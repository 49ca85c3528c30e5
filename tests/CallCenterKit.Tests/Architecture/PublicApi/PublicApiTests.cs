namespace CallCenterKit.Tests.Architecture.PublicApi;

public class PublicApiTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    /// <summary>Every public type and member is a promise: with UPDATE_PUBLIC_API=1 the file is written anew, and a review reads the difference.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_what_its_file_says(string package)
    {
        var file = Path.Combine(Repository.Root, "src", package, "PublicApi.txt");
        var surface = PublicApiText.Render(Repository.Load(package));
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
            File.WriteAllText(file, surface);

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), surface);
    }
}
