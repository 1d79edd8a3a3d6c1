// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.table;

import io.connectot.core.config.ConfigError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a list of devices or tags from a file: JSON by its suffix, else CSV. */
public final class TableFile {
  private TableFile() {}

  /**
   * Reads a file. An invalid row is reported and left out.
   *
   * @param key the configuration key that names the file
   * @param path the file
   * @param required the required columns, in lower case
   */
  public static List<TableRow> read(
      String key, String path, List<String> required, Consumer<ConfigError> errors) {
    return read(key, path, required, Map.of(), errors);
  }

  /**
   * Reads a file. An invalid row is reported and left out.
   *
   * @param key the configuration key that names the file
   * @param path the file
   * @param required the required columns, in lower case
   * @param aliases other headings of CSV columns, in lower case, and the columns that they stand
   *     for
   */
  public static List<TableRow> read(
      String key,
      String path,
      List<String> required,
      Map<String, String> aliases,
      Consumer<ConfigError> errors) {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        errors.accept(new ConfigError(key, path + " is a directory; name a .csv or .json file"));
        return List.of();
      }
      String name = String.valueOf(file.getFileName());
      String text = decode(Files.readAllBytes(file));
      return parse(key, name, text, required, aliases, errors);
    } catch (InvalidPathException e) {
      errors.accept(new ConfigError(key, "is not a path: " + e.getReason()));
    } catch (NoSuchFileException e) {
      errors.accept(
          new ConfigError(
              key,
              "there is no file "
                  + path
                  + " on this worker; every worker needs it under that"
                  + " path"));
    } catch (AccessDeniedException e) {
      errors.accept(new ConfigError(key, "the user of the worker process may not read " + path));
    } catch (CharacterCodingException e) {
      errors.accept(new ConfigError(key, path + " is not in UTF-8; save it as \"CSV UTF-8\""));
    } catch (IOException e) {
      errors.accept(new ConfigError(key, "cannot read " + path + ": " + e.getMessage()));
    } catch (OutOfMemoryError e) {
      // Only the array for the whole file can be too large here.
      errors.accept(new ConfigError(key, path + " does not fit into memory"));
    }
    return List.of();
  }

  /** Reads the text of a file of that name. */
  public static List<TableRow> parse(
      String key, String name, String text, List<String> required, Consumer<ConfigError> errors) {
    return parse(key, name, text, required, Map.of(), errors);
  }

  private static List<TableRow> parse(
      String key,
      String name,
      String text,
      List<String> required,
      Map<String, String> aliases,
      Consumer<ConfigError> errors) {
    return name.toLowerCase(Locale.ROOT).endsWith(".json")
        ? JsonTable.read(key, name, text, required, errors)
        : CsvTable.read(key, name, text, required, aliases, errors);
  }

  /** Strict: a file in a Windows code page is an error, instead of wrong units. */
  private static String decode(byte[] bytes) throws CharacterCodingException {
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    boolean byteOrderMark = text.length() > 0 && text.charAt(0) == '\uFEFF';
    return text.subSequence(byteOrderMark ? 1 : 0, text.length()).toString();
  }
}
