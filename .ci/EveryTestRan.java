// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Fails unless what a newcomer's build skipped for want of a peer has run in the other build, and
 * unless each class with tests has run in one of them. Arguments: the folder with the newcomer's
 * reports, and the work tree with those of the other build and with the sources.
 */
final class EveryTestRan {
  private static final String WANT = "which is not here";
  private static final String NO_CONTAINERS = "Docker engine";

  private record TestCase(String owner, String name, String skipped) {}

  public static void main(String[] arguments) throws Exception {
    Path newcomer = Path.of(arguments[0]);
    Path tree = Path.of(arguments[1]);
    List<TestCase> first = read(newcomer, tree.resolve("none"));
    List<TestCase> second = read(tree, newcomer);
    Set<String> ran = new HashSet<>();
    Stream.of(first, second)
        .flatMap(Collection::stream)
        .filter(test -> test.skipped() == null)
        .forEach(
            test -> {
              ran.add(test.owner());
              ran.add(test.owner() + "#" + test.name());
            });
    Set<String> missing = new TreeSet<>();
    for (TestCase test : first) {
      if (test.skipped() != null && isForWantOfAPeer(test.skipped())) {
        // A class that was skipped as a whole has no names of tests.
        String what = test.name().isEmpty() ? test.owner() : test.owner() + "#" + test.name();
        if (!ran.contains(what)) {
          missing.add(what + " (" + test.skipped() + ")");
        }
      }
    }
    for (String owner : classesWithTests(tree)) {
      if (!ran.contains(owner)) {
        missing.add(owner);
      }
    }
    long skipped = first.stream().filter(test -> test.skipped() != null).count();
    System.out.printf(
        "A newcomer's build: %d tests, %d of them skipped. The full build: %d tests.%n",
        first.size(), skipped, second.size());
    if (!missing.isEmpty()) {
      System.err.println("In neither build ran:\n  " + String.join("\n  ", missing));
      System.exit(1);
    }
  }

  private static boolean isForWantOfAPeer(String reason) {
    return reason.contains(WANT) || reason.contains(NO_CONTAINERS);
  }

  private static List<TestCase> read(Path folder, Path except) throws Exception {
    List<Path> reports;
    try (Stream<Path> files = Files.walk(folder)) {
      reports =
          files
              .filter(file -> file.getFileName().toString().matches("TEST-.*[.]xml"))
              .filter(file -> !file.startsWith(except))
              .toList();
    }
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    List<TestCase> tests = new ArrayList<>();
    for (Path report : reports) {
      Element suite = parser.parse(report.toFile()).getDocumentElement();
      NodeList cases = suite.getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        tests.add(
            new TestCase(
                owner(suite, test).replaceFirst("[$].*", ""),
                test.getAttribute("name"),
                reason(test.getElementsByTagName("skipped"))));
      }
    }
    return tests;
  }

  /** ArchUnit names the class of a test without its package. */
  private static String owner(Element suite, Element test) {
    String owner = test.getAttribute("classname");
    return owner.contains(".") ? owner : suite.getAttribute("name");
  }

  /** Null when the test was not skipped. */
  private static String reason(NodeList skipped) {
    if (skipped.getLength() == 0) {
      return null;
    }
    Element element = (Element) skipped.item(0);
    return (element.getAttribute("message") + element.getTextContent())
        .lines()
        .findFirst()
        .orElse("");
  }

  /** But for those that only a run by hand has, and for base classes. */
  private static List<String> classesWithTests(Path tree) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(tree)) {
      sources =
          files
              .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)[.]java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
    }
    List<String> classes = new ArrayList<>();
    for (Path source : sources) {
      String text = Files.readString(source);
      if (!text.contains("abstract class ") && !text.contains("\n@Tag(\"campaign\")\n")) {
        classes.add(
            source
                .toString()
                .replaceFirst(".*/src/test/java/", "")
                .replace(".java", "")
                .replace('/', '.'));
      }
    }
    return classes;
  }
}
