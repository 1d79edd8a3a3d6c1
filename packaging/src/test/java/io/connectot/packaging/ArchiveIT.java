// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks a plugin archive before its release. Runs for every archive, in its own module. */
class ArchiveIT {
  private static final Path ZIP = Path.of(System.getProperty("archive")).normalize();
  private static final Path ROOT = Path.of(System.getProperty("archive.root")).normalize();
  private static final Path RUNTIME_DEPS = Path.of(System.getProperty("archive.runtime-deps"));
  private static final Path ALLOWED = Path.of(System.getProperty("archive.allowed-licenses"));
  private static final String VERSION = System.getProperty("archive.version");

  /** The class file version of Java 17, the oldest supported Java version. */
  private static final int JAVA_17 = 61;

  /** The plugin interfaces that a worker discovers through {@code META-INF/services}. */
  private static final List<String> PLUGIN_TYPES =
      List.of(
          "org.apache.kafka.connect.source.SourceConnector",
          "org.apache.kafka.connect.sink.SinkConnector",
          "org.apache.kafka.connect.storage.Converter",
          "org.apache.kafka.connect.storage.HeaderConverter",
          "org.apache.kafka.connect.transforms.Transformation",
          "org.apache.kafka.connect.transforms.predicates.Predicate");

  @TempDir static Path temp;

  private static Archive archive;

  @BeforeAll
  static void unpack() throws IOException {
    archive = Archive.unpack(ZIP, temp);
  }

  @Test
  void hasOneFolderOfItsOwnName() {
    assertThat(archive.entries()).allMatch(e -> e.startsWith(archive.folder().getFileName() + "/"));
  }

  @Test
  void hasTheLayoutOfAComponentArchive() throws Exception {
    List<String> expected = new ArrayList<>(List.of("assets", "doc", "lib", "manifest.json"));
    if (hasConnectors()) {
      expected.add("etc");
    }
    if (readsModbus()) {
      expected.add("maps");
    }
    assertThat(archive.list(""))
        .extracting(p -> p.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A connector refers to them with {@code tags.file}. */
  @Test
  void hasTheRegisterMapsOfModbusDevices() throws IOException {
    Assumptions.assumeTrue(readsModbus(), "the archive does not read Modbus");
    Path maps = ROOT.resolve("docs/maps");
    try (var files = Files.list(maps)) {
      for (Path file : files.toList()) {
        assertThat(archive.file("maps/" + file.getFileName())).hasSameTextualContentAs(file);
      }
    }
    assertThat(archive.list("maps")).hasSizeGreaterThan(8);
  }

  @Test
  void hasTheDocumentsOfTheProject() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE", "README.md")) {
      if (Files.exists(ROOT.resolve(name))) {
        assertThat(archive.file("doc/" + name)).hasSameTextualContentAs(ROOT.resolve(name));
      }
    }
    if (Files.isDirectory(ROOT.resolve("docs"))) {
      assertThat(archive.file("doc/docs")).isDirectoryContaining("glob:**.md");
    }
  }

  @Test
  void hasAManifestWithEveryPlaceholderReplaced() throws IOException {
    String text = archive.text("manifest.json");
    assertThat(text).doesNotContain("${").doesNotContain("@{");
    JsonNode manifest = new ObjectMapper().readTree(text);
    String name = manifest.required("name").asText();
    String owner = manifest.required("owner").required("username").asText();
    String version = manifest.required("version").asText();
    assertThat(ZIP).hasFileName(owner + "-" + name + "-" + version + ".zip");
    assertThat(manifest.required("title").asText()).isNotBlank();
    assertThat(manifest.required("description").asText()).isNotBlank();
    assertThat(texts(manifest.required("component_types")))
        .isNotEmpty()
        .isSubsetOf("source", "sink", "transform", "converter");
    assertThat(texts(manifest.required("features").required("delivery_guarantee")))
        .isNotEmpty()
        .isSubsetOf("at_least_once", "exactly_once");
    assertThat(LocalDate.parse(manifest.required("release_date").asText())).isNotNull();
  }

  @Test
  void hasALogoOfTheRequiredSize() throws IOException {
    String path =
        new ObjectMapper().readTree(archive.text("manifest.json")).required("logo").asText();
    var logo = ImageIO.read(archive.file(path).toFile());
    assertThat(logo.getWidth()).isGreaterThanOrEqualTo(400);
    assertThat(logo.getHeight()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void hasTheLibrariesThatWereReviewedAndTheirLicences() throws IOException {
    ReviewedLibraries reviewed = ReviewedLibraries.read(RUNTIME_DEPS, ALLOWED, VERSION);
    assertThat(archive.jars())
        .as("jars in lib/; when they change on purpose, change %s", RUNTIME_DEPS)
        .extracting(p -> p.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(reviewed.jars());
    assertThat(reviewed.licences())
        .as("licences in %s; a new one has to be allowed in %s first", RUNTIME_DEPS, ALLOWED)
        .isSubsetOf(reviewed.allowed());
    for (String licence : reviewed.licences()) {
      assertThat(archive.file("doc/licenses/" + licence + ".txt")).exists();
    }
  }

  @Test
  void leavesKafkaAndLoggingToTheWorker() throws IOException {
    for (Path jar : archive.jars()) {
      Archive.forEachClass(
          jar,
          (name, bytes) ->
              assertThat(name.replaceFirst("^META-INF/versions/\\d+/", ""))
                  .as("class in %s", jar.getFileName())
                  .doesNotStartWith("org/apache/kafka/")
                  .doesNotStartWith("org/slf4j/")
                  .doesNotStartWith("org/apache/log4j/")
                  .doesNotStartWith("org/apache/logging/")
                  .doesNotStartWith("ch/qos/"));
    }
  }

  @Test
  void runsOnJava17() throws IOException {
    for (Path jar : archive.jars()) {
      Archive.forEachClass(
          jar,
          (name, bytes) -> {
            // A newer Java version reads these classes instead of the plain class; an older one
            // does not.
            if (!name.startsWith("META-INF/versions/")) {
              int major = ((bytes[6] & 0xff) << 8) | (bytes[7] & 0xff);
              assertThat(major)
                  .as("%s in %s", name, jar.getFileName())
                  .isLessThanOrEqualTo(JAVA_17);
            }
          });
    }
  }

  /** A worker with {@code plugin.discovery=service_load} discovers only these plugins. */
  @Test
  void registersEveryPluginAsAService() throws Exception {
    try (PluginLoader loader = new PluginLoader(archive.jars())) {
      List<Class<?>> own = ownClasses(loader);
      for (String type : PLUGIN_TYPES) {
        Class<?> plugin = loader.load(type);
        List<String> concrete =
            own.stream()
                .filter(plugin::isAssignableFrom)
                .filter(c -> Modifier.isPublic(c.getModifiers()))
                .filter(c -> !Modifier.isAbstract(c.getModifiers()))
                .map(Class::getName)
                .toList();
        assertThat(registered(plugin, loader))
            .as("META-INF/services/%s", type)
            .containsExactlyInAnyOrderElementsOf(concrete);
      }
    }
  }

  /** All classes that a connector needs must be in the archive or on every worker. */
  @Test
  void bringsConnectorsThatComeUpOnTheirOwn() throws Exception {
    try (PluginLoader loader = new PluginLoader(archive.jars())) {
      for (String type : PLUGIN_TYPES.subList(0, 2)) {
        for (String name : registered(loader.load(type), loader)) {
          Object connector = loader.load(name).getDeclaredConstructor().newInstance();
          Object version = connector.getClass().getMethod("version").invoke(connector);
          assertThat(version).as("version of %s", name).isEqualTo(VERSION);
          Object config = connector.getClass().getMethod("config").invoke(connector);
          assertThat(config).as("configuration of %s", name).isNotNull();
        }
      }
    }
  }

  /** Converters use Kafka's converters, which are on every worker. */
  @Test
  void bringsConvertersThatWorkOnAWorker() throws Exception {
    try (PluginLoader loader = PluginLoader.withKafkasConverters(archive.jars())) {
      for (String type : PLUGIN_TYPES.subList(2, 4)) {
        for (String name : registered(loader.load(type), loader)) {
          Object converter = loader.load(name).getDeclaredConstructor().newInstance();
          Object version = converter.getClass().getMethod("version").invoke(converter);
          assertThat(version).as("version of %s", name).isEqualTo(VERSION);
          Object config = converter.getClass().getMethod("config").invoke(converter);
          assertThat(config).as("configuration of %s", name).isNotNull();
          converter
              .getClass()
              .getMethod("configure", Map.class)
              .invoke(converter, Map.of("converter.type", "header", "schemas.enable", "false"));
        }
      }
    }
  }

  @Test
  void namesTheTypesOfItsPluginsInTheManifest() throws Exception {
    List<String> expected = new ArrayList<>();
    try (PluginLoader loader = new PluginLoader(archive.jars())) {
      List<String> types = List.of("source", "sink", "converter");
      for (int i = 0; i < types.size(); i++) {
        if (!registered(loader.load(PLUGIN_TYPES.get(i)), loader).isEmpty()) {
          expected.add(types.get(i));
        }
      }
    }
    JsonNode manifest = new ObjectMapper().readTree(archive.text("manifest.json"));
    assertThat(texts(manifest.required("component_types")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void hasExamplesOfPluginsThatItBrings() throws Exception {
    if (!hasConnectors()) {
      assertThat(archive.file("etc")).doesNotExist();
      return;
    }
    List<Path> examples = archive.list("etc");
    assertThat(examples).isNotEmpty().allMatch(p -> p.toString().endsWith(".json"));
    try (PluginLoader loader = new PluginLoader(archive.jars())) {
      Set<String> plugins = new TreeSet<>();
      plugins.addAll(registered(loader.load(PLUGIN_TYPES.get(0)), loader));
      plugins.addAll(registered(loader.load(PLUGIN_TYPES.get(1)), loader));
      Set<String> shown = new TreeSet<>();
      for (Path example : examples) {
        JsonNode request = new ObjectMapper().readTree(example.toFile());
        assertThat(request.required("name").asText()).isNotBlank();
        shown.add(request.required("config").required("connector.class").asText());
      }
      assertThat(shown).as("connectors with an example in etc/").isEqualTo(plugins);
    }
  }

  @Test
  void hasAChecksumThatSha512sumAccepts() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(ZIP));
    assertThat(ZIP.resolveSibling(ZIP.getFileName() + ".sha512"))
        .content()
        .isEqualToIgnoringNewLines(HexFormat.of().formatHex(digest) + " *" + ZIP.getFileName());
  }

  private static boolean readsModbus() throws IOException {
    return archive.jars().stream()
        .anyMatch(jar -> jar.getFileName().toString().startsWith("connect-ot-modbus-source-"));
  }

  private static boolean hasConnectors() throws Exception {
    try (PluginLoader loader = new PluginLoader(archive.jars())) {
      return PLUGIN_TYPES.subList(0, 2).stream()
          .anyMatch(type -> !registered(loader.load(type), loader).isEmpty());
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(n -> texts.add(n.asText()));
    return texts;
  }

  private static List<Class<?>> ownClasses(PluginLoader loader) throws IOException {
    List<Class<?>> own = new ArrayList<>();
    for (Path jar : archive.jars()) {
      Archive.forEachClass(
          jar,
          (name, bytes) -> {
            if (name.startsWith("io/connectot/") && !name.endsWith("package-info.class")) {
              String dotted = name.replace('/', '.');
              own.add(loader.load(dotted.substring(0, dotted.length() - ".class".length())));
            }
          });
    }
    return own;
  }

  private static List<String> registered(Class<?> type, PluginLoader loader) {
    return ServiceLoader.load(type, loader.classes()).stream()
        .map(ServiceLoader.Provider::type)
        // The Connect API registers its own converters.
        .filter(c -> c.getClassLoader().equals(loader.classes()))
        .map(Class::getName)
        .toList();
  }
}
