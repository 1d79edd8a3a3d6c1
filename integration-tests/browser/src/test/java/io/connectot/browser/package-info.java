// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The console in a browser. */
package io.connectot.browser;
