// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A Java process with the class path of this process. Its first line of output signals that it is
 * ready; it answers every line of input with one line of output, and ends when its input ends. For
 * one thread.
 */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final BufferedWriter input;
  private final BufferedReader output;
  private final String greeting;

  private ChildJvm(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.greeting = readLine();
  }

  /**
   * Starts a process and waits until it is ready.
   *
   * @param log the file for its error output
   * @param jvmOptions options of its JVM
   */
  public static ChildJvm start(
      Class<?> main, Path log, List<String> jvmOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-Dlog4j2.configurationFile=benchmarks-log4j2.properties");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return new ChildJvm(process, log);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** For the child: signals that it is ready, then answers until the input ends. */
  public static void answerParent(String greeting, Supplier<String> answer) throws IOException {
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    output.println(greeting);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (input.readLine() != null) {
      output.println(answer.get());
    }
  }

  /** The line with which it signalled that it was ready. */
  public String greeting() {
    return greeting;
  }

  public long pid() {
    return process.pid();
  }

  /** Its current answer. */
  public String ask() throws IOException {
    input.newLine();
    input.flush();
    return readLine();
  }

  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the process has ended, see " + log);
    }
    return line;
  }
}
