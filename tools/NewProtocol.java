// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the module and the archive of a new protocol from the tally, the example of
 * docs/new-protocol.md. Run it in the folder of the project: {@code java tools/NewProtocol.java
 * gauge}.
 */
public final class NewProtocol {
  private static final Path TALLY =
      Path.of("core", "src", "test", "java", "io", "connectot", "core", "contract", "tally");

  /** The classes of a protocol module; Device and Connection stand for a library. */
  private static final List<String> MAIN =
      List.of(
          "Connection",
          "Device",
          "Discovery",
          "Errors",
          "Lines",
          "PollingDriver",
          "PollingSession",
          "Protocol",
          "SourceConnector",
          "SourceTask",
          "StreamingDriver",
          "StreamingSession",
          "Values");

  private static final List<String> TESTS =
      List.of(
          "DiscoveryTest",
          "Harness",
          "PollingContractTest",
          "RedeliveryContractTest",
          "StreamingContractTest");

  private final String name;
  private final String classPrefix;
  private final Path module;
  private final Path archive;

  private NewProtocol(String name) {
    this.name = name;
    this.classPrefix = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    this.module = Path.of(name + "-source");
    this.archive = Path.of("packaging", name);
  }

  /** Takes the name of the protocol. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !arguments[0].matches("[a-z][a-z0-9]{1,19}")) {
      fail("Usage: java tools/NewProtocol.java <name of the protocol: small letters and digits>");
    }
    if (!Files.isDirectory(TALLY)) {
      fail("Run it in the folder of the project: there is no " + TALLY + " here.");
    }
    NewProtocol protocol = new NewProtocol(arguments[0]);
    for (Path taken : List.of(protocol.module, protocol.archive)) {
      if (Files.exists(taken)) {
        fail(taken + " exists already.");
      }
    }
    protocol.createModule();
    protocol.createArchive();
    protocol.register();
    protocol.tellNextSteps();
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(2);
  }

  private void createModule() throws IOException {
    String code = "java/io/connectot/" + name + "/" + classPrefix;
    for (String main : MAIN) {
      write(module.resolve("src/main/" + code + main + ".java"), renamed(main));
    }
    for (String test : TESTS) {
      write(module.resolve("src/test/" + code + test + ".java"), renamed(test));
    }
    Path folder = Path.of("java", "io", "connectot", name);
    write(
        module.resolve("src/main").resolve(folder).resolve("package-info.java"),
        header() + "/** The " + name + " source. */\npackage io.connectot." + name + ";\n");
    write(
        module.resolve("src/test").resolve(folder).resolve("ArchitectureTest.java"),
        architectureTest());
    write(
        module.resolve(
            "src/main/resources/META-INF/services/"
                + "org.apache.kafka.connect.source.SourceConnector"),
        connectorClass() + "\n");
    write(
        module.resolve(
            "src/main/resources/META-INF/services/io.connectot.core.spi.discovery.Discovery"),
        "io.connectot." + name + "." + classPrefix + "Discovery\n");
    write(module.resolve("etc").resolve(name + "-source.json"), example());
    change(
        Path.of("modbus-source", "pom.xml"),
        module.resolve("pom.xml"),
        pom ->
            withoutDependency(pom, "modbus-common")
                .replaceAll("(?s)\\n  <build>.*</build>\\n", "")
                .replaceAll("<description>.*</description>", description())
                .replace("modbus", name)
                .replace("Modbus", classPrefix));
  }

  private void createArchive() throws IOException {
    Path modbus = Path.of("packaging", "modbus");
    change(
        modbus.resolve("pom.xml"),
        archive.resolve("pom.xml"),
        pom ->
            withoutDependency(pom, "modbus-sink")
                .replaceAll("<description>.*</description>", description())
                .replaceAll("(<component.tags>).*(</component.tags>)", "$1\"modbus\", \"ot\"$2")
                .replace("\"source\", \"sink\", \"converter\"", "\"source\", \"converter\"")
                .replace(" source and sink", " source")
                .replace("modbus", name)
                .replace("Modbus", classPrefix));
    change(
        modbus.resolve("assembly.xml"),
        archive.resolve("assembly.xml"),
        text ->
            Pattern.compile("    <fileSet>.*?</fileSet>\\n", Pattern.DOTALL)
                .matcher(text)
                .replaceAll(
                    set ->
                        set.group().contains("modbus-source/etc")
                            ? Matcher.quoteReplacement(set.group())
                            : "")
                .replace("modbus", name));
    change(
        modbus.resolve("runtime-deps.txt"), archive.resolve("runtime-deps.txt"), this::libraries);
  }

  /** The libraries of core, and the module. */
  private String libraries(String modbus) {
    List<String> lines = new ArrayList<>();
    for (String line : modbus.lines().toList()) {
      if (line.contains("connect-ot-modbus-source")) {
        lines.add(
            String.format(
                "%-55s Apache-2.0", "connect-ot-" + name + "-source-${project.version}.jar"));
      } else if (!line.matches("connect-ot-modbus-.*|j2mod-.*|jSerialComm-.*")) {
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** Makes Maven know the module and the archive. */
  private void register() throws IOException {
    change(
        Path.of("pom.xml"),
        Path.of("pom.xml"),
        pom ->
            pom.replace(
                    "    <module>console</module>\n",
                    "    <module>" + module + "</module>\n    <module>console</module>\n")
                .replace(managed("modbus"), managed("modbus") + managed(name)));
    change(
        Path.of("packaging", "pom.xml"),
        Path.of("packaging", "pom.xml"),
        pom ->
            pom.replace(
                "    <module>modbus</module>\n",
                "    <module>" + name + "</module>\n    <module>modbus</module>\n"));
  }

  private static String managed(String protocol) {
    return """
      <dependency>
        <groupId>io.connectot</groupId>
        <artifactId>connect-ot-%s-source</artifactId>
        <version>${project.version}</version>
      </dependency>
    """
        .formatted(protocol)
        .indent(4);
  }

  private void tellNextSteps() {
    System.out.printf(
        """
        %1$s and %2$s are a protocol that builds. Next:
          ./mvnw spotless:apply -pl %1$s
          ./mvnw verify -pl %1$s,%2$s -am
        %3$sDevice and %3$sConnection simulate a device and its library: replace them, and let %3$sHarness use a
        device that speaks the protocol. docs/new-protocol.md explains the classes.
        """,
        module, archive, classPrefix);
  }

  private String renamed(String suffix) throws IOException {
    return Files.readString(TALLY.resolve("Tally" + suffix + ".java"))
        .replace("io.connectot.core.contract.tally", "io.connectot." + name)
        .replace("Tallies", classPrefix + "s")
        .replace("tallies", name + "s")
        .replace("Tally", classPrefix)
        .replace("tally", name);
  }

  private String architectureTest() throws IOException {
    return header()
        + """
        package io.connectot.%1$s;

        import com.tngtech.archunit.core.importer.ImportOption;
        import com.tngtech.archunit.junit.AnalyzeClasses;
        import com.tngtech.archunit.junit.ArchTest;
        import com.tngtech.archunit.junit.ArchTests;
        import com.tngtech.archunit.lang.ArchRule;
        import io.connectot.core.architecture.ConnectorModuleRules;
        import io.connectot.core.architecture.ConnectorRules;
        import io.connectot.core.architecture.DoNotIncludeTestArchives;

        /** Which classes the %1$s source may use: docs/architecture.md. */
        @AnalyzeClasses(
            packages = "io.connectot.%1$s",
            importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
        class ArchitectureTest {
          @ArchTest
          static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

          @ArchTest
          static final ArchRule usesCoreOnly = ConnectorRules.usesCoreAnd("io.connectot.%1$s..");

          @ArchTest static final ArchRule aPackageIsInOneModule = ConnectorRules.aPackageIsInOneModule();
        }
        """
            .formatted(name);
  }

  private String example() {
    return """
    {
      "name": "%1$s",
      "config": {
        "connector.class": "%2$s",
        "tasks.max": "1",
        "topic": "plant.${device}",
        "devices.device1": "%1$s://hall1",
        "tags.count": "0"
      }
    }
    """
        .formatted(name, connectorClass());
  }

  private String connectorClass() {
    return "io.connectot." + name + "." + classPrefix + "SourceConnector";
  }

  private String description() {
    return "<description>Reads " + name + " devices into Kafka</description>";
  }

  private static String header() throws IOException {
    return Files.readString(Path.of("config", "java-header.txt"));
  }

  private static String withoutDependency(String pom, String artifact) {
    return Pattern.compile(" *<dependency>(?:(?!</dependency>).)*</dependency>\\n", Pattern.DOTALL)
        .matcher(pom)
        .replaceAll(
            block ->
                block.group().contains("<artifactId>connect-ot-" + artifact + "</artifactId>")
                    ? ""
                    : Matcher.quoteReplacement(block.group()));
  }

  private static void change(Path from, Path to, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(from);
    String changed = change.apply(text);
    if (changed.equals(text)) {
      throw new IllegalStateException(from + " is not as this program expects it.");
    }
    write(to, changed);
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
