// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** What the tests of several modules need. */
package io.connectot.core.testing;
