// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.ABSENT;
import static io.connectot.core.config.validation.Configs.with;
import static io.connectot.core.config.validation.Configs.withTags;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileMistakesTest {
  private static final AtomicInteger FILES = new AtomicInteger();

  @TempDir static Path directory;

  @ParameterizedTest
  @MethodSource
  void blamesTheRowOfATagList(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> blamesTheRowOfATagList() {
    String rows =
        IntStream.rangeClosed(2, 30)
            .mapToObj(row -> "t" + row + ",reg:" + row + (row == 17 ? ",flaot32\n" : ",float32\n"))
            .collect(Collectors.joining());
    return Stream.of(
        csv("wrong row 17", "name,address,type\n" + rows, "row 17 (t17)", "did you mean float32?"),
        csv(
            "wrong option",
            "name,address,scale\na,reg:1,x\n",
            "row 2 (a)",
            "scale=x",
            "such as 0.1"),
        csv(
            "missing column",
            "name,register\na,reg:1\n",
            "row 1",
            "no column 'address'",
            "at least name, address"),
        csv(
            "no headings",
            "a,reg:1\nb,reg:2\n",
            "row 1",
            "no column 'name'",
            "first row must name"),
        csv("blank first", "\n\nname;unit\na;V\n", "row 3", "no column 'address'"),
        csv(
            "two columns",
            "name,address,Unit,unit\na,reg:1,V,V\n",
            "row 1",
            "two columns 'unit'",
            "remove or rename"),
        csv("nothing", "", "is empty", "first row must name the columns"),
        csv("blanks", " \n\n", "is empty", "first row must name the columns"),
        csv(
            "too many cells",
            "name,address\na,reg:1,V\n",
            "row 2",
            "cell 3 has no heading",
            "without its quotes"),
        csv(
            "unquoted comma",
            "name,address,scale\na,reg:1,0,1\n",
            "row 2",
            "cell 4 has no heading"),
        csv("open quote", "name,address\na,reg:1\nb,\"reg:2\n", "row 3", "quote is not closed"),
        csv("open quote above", "\"name,address\na,reg:1\n", "row 1", "quote is not closed"),
        csv(
            "strange separator",
            "sep=\"\nname,address\na,reg:1\n",
            "cannot separate columns",
            "sep=;"),
        csv("no name", "name,address\n,reg:1\n", "row 2", "tag has no name", "column 'name'"),
        csv("no address", "name,address\na,\n", "row 2 (a)", "has no address", "column 'address'"),
        csv(
            "same name",
            "name,address\na,reg:1\nb,reg:2\na,reg:3\n",
            "row 4",
            "'a' is also defined by",
            "row 2",
            "remove one"),
        csv(
            "same name narrowed",
            "name,address,device\na,reg:1,press1\na,reg:2,press2|press1\nb,reg:1,\n",
            "row 3",
            "row 2",
            "remove one"),
        csv(
            "same name for all",
            "name,address,device\na,reg:1,\na,reg:2,press2\n",
            "row 3",
            "row 2",
            "remove one"),
        csv(
            "unknown device",
            "name,address,device\na,reg:1,oven\nb,reg:1,\n",
            "row 2 (a)",
            "no device 'oven'",
            "configured devices are press1, press2"),
        csv(
            "mistyped column",
            "name,address,ordr\na,reg:1,CDAB\n",
            "'ordr'",
            "did you mean order?",
            "less similar"),
        csv("short column", "name,address,typ\na,reg:1,int16\n", "'typ'", "did you mean type?"),
        csv("control", "name,address\na\u0007b,reg:1\n", "row 2", "contains a control character"),
        json("no array", "{\"name\": \"a\"}", "must be an array of objects", "name, address"),
        json("no JSON", "[\n{\"name\": \"a\",\n]", "line 3", "is not valid JSON"),
        json("cut off", "[{\"name\": \"a\", \"address\": 1}", "line 1", "is not valid JSON"),
        json("nothing", "", "must be an array of objects"),
        json("no object", "[\n1]", "entry 1 (line 2)", "is not an object", "write {"),
        json(
            "nested",
            "[{\"name\": \"a\", \"address\": {\"x\": 1}}]",
            "entry 1",
            "'address' must be a text"),
        json(
            "field twice",
            "[{\"name\": \"a\", \"name\": \"b\", \"address\": 1}]",
            "line 1",
            "Duplicate field"),
        json(
            "field in two cases",
            "[{\"name\": \"a\", \"address\": 1, \"unit\": \"V\", \"Unit\": \"A\"}]",
            "entry 1",
            "two fields 'Unit'",
            "remove or rename"),
        json(
            "nameless field",
            "[{\"name\": \"a\", \"address\": 1, \" \": 3}]",
            "entry 1",
            "a field has no name",
            "remove it"),
        json(
            "two arrays",
            "[{\"name\": \"a\", \"address\": 1}]\n[{\"name\": \"b\", \"address\": 1}]",
            "line 2",
            "after the end of the array",
            "remove"),
        json(
            "wrong entry",
            "[{\"name\": \"a\", \"address\": 1},\n"
                + "{\"name\": \"b\", \"address\": 2, \"type\": \"x\"}]",
            "entry 2 (line 2) (b)",
            "unknown type 'x'"),
        json("no address", "[{\"name\": \"a\"}]", "entry 1 (line 1) (a)", "has no address"),
        path(
            "missing",
            directory.resolve("none.csv").toString(),
            "there is no file",
            "every worker needs it"),
        path("directory", directory.toString(), "is a directory", ".csv or .json file"),
        path("no path", "a\u0000b", "is not a path"));
  }

  @ParameterizedTest
  @MethodSource
  void blamesTheRowOfADeviceList(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> blamesTheRowOfADeviceList() {
    return Stream.of(
        devices(
            "missing column", "name,host\na,fake://a\n", "row 1", "no column 'url'", "name, url"),
        devices("no URL", "name,url\na,fake://a\nb,\n", "row 3 (b)", "has no url", "write <url>"),
        devices("wrong URL", "name,url\na,http://a\n", "row 2 (a)", "must be fake://<host>"),
        devices("same name", "name,url\na,fake://a\na,fake://b\n", "row 3", "row 2", "remove one"),
        devices(
            "not there",
            "name,url\nz,fake://dead\n",
            "device 'z' cannot be reached",
            "validate.connection=false"));
  }

  @Test
  void blamesLineAndFileForOneName() {
    Path tags = file("map.csv", "name,address\nrunning,reg:1\n");
    Path devices = file("devices.csv", "name,url\npress1,fake://x\n");

    Map<String, List<String>> errors =
        Configs.errors(with("tags.file", tags.toString(), "devices.file", devices.toString()));

    assertThat(errors)
        .containsOnlyKeys("tags.file", "tags.running", "devices.file", "devices.press1");
    assertThat(errors.get("tags.file").get(0)).contains("map.csv row 2").contains("tags.running");
    assertThat(errors.get("tags.running").get(0)).contains("map.csv row 2").contains("remove one");
    assertThat(errors.get("devices.file").get(0)).contains("devices.press1");
    assertThat(errors.get("devices.press1").get(0)).contains("devices.csv row 2");
  }

  @Test
  void doesNotBlameTagsForADeviceThatIsWrong() {
    Path devices = file("devices.csv", "name,url\na,\n");

    assertThat(Configs.errors(with("devices.file", devices.toString(), "tags.x", "reg:1 device=a")))
        .containsOnlyKeys("devices.file");
  }

  @Test
  void refusesAWindowsCodePage() throws IOException {
    Path file = directory.resolve("ansi.csv");
    Files.write(file, "name,address,unit\na,reg:1,°C\n".getBytes(StandardCharsets.ISO_8859_1));

    Mistake.of("code page", withTags(file), "tags.file", "not in UTF-8", "CSV UTF-8").check();
  }

  @Test
  void refusesOneFieldOfTwoTypes() {
    Path file = file("map.csv", "name,address,type,device\na,1,int16,press1\na,1,int32,press2\n");
    Map<String, String> props = withTags(file);
    props.put("record.layout", "row");

    Mistake.of(
            "two types", props, "tags.file", "tag 'a'", "one type per tag name", "int16 and int32")
        .check();
  }

  @Test
  void listsOnlySomeOfVeryManyMistakes() {
    Path file = file("map.csv", "name,address\n" + "a,reg:x\n".repeat(50_000));

    List<String> errors = Configs.errors(withTags(file)).get("tags.file");

    assertThat(errors).hasSize(21);
    assertThat(errors.get(20)).contains("and 49980 more errors");
  }

  private static Mistake csv(String what, String text, String... says) {
    return Mistake.of("CSV: " + what, withTags(file("map.csv", text)), "tags.file", says);
  }

  private static Mistake json(String what, String text, String... says) {
    return Mistake.of("JSON: " + what, withTags(file("map.json", text)), "tags.file", says);
  }

  private static Mistake path(String what, String path, String... says) {
    return Mistake.of("path: " + what, with("tags.file", path), "tags.file", says);
  }

  private static Mistake devices(String what, String text, String... says) {
    return Mistake.of(
        what,
        with("devices.file", file("devices.csv", text).toString(), "devices.press1", ABSENT),
        "devices.file",
        says);
  }

  private static Path file(String name, String text) {
    try {
      Path own = Files.createDirectory(directory.resolve("d" + FILES.incrementAndGet()));
      return Configs.file(own, name, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
