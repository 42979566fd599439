import { Alert, App as AntApp, Button, ConfigProvider, Layout, Menu, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { Component, lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { areaName } from '../shared/area.ts';
import { roleNames } from '../shared/role.ts';
import { mayCall, openApi } from './api.ts';
import './app.css';
import { DeskContext } from './desk-context.ts';
import { type Desk, hashOf, type Place, readOf, usePlace } from './place.ts';
import { openSession, readSettings, type Session } from './session.ts';

const Overview = lazy(async () => ({ default: (await import('./desks/overview.tsx')).Overview }));
const Runs = lazy(async () => ({ default: (await import('./desks/runs.tsx')).Runs }));
const Run = lazy(async () => ({ default: (await import('./desks/run.tsx')).Run }));
const Cases = lazy(async () => ({ default: (await import('./desks/cases.tsx')).Cases }));
const Case = lazy(async () => ({ default: (await import('./desks/case.tsx')).Case }));
const Due = lazy(async () => ({ default: (await import('./desks/due.tsx')).Due }));
const Board = lazy(async () => ({ default: (await import('./desks/board.tsx')).Board }));
const Reports = lazy(async () => ({ default: (await import('./desks/reports.tsx')).Reports }));

const deskNames: Readonly<Record<Desk, string>> = {
  overview: '工作台',
  runs: '资金发放',
  cases: '救助对象',
  due: '待办时限',
  board: '公示栏',
  reports: '工作报告',
};

const deskAt = ({ desk, id }: Place): ReactNode => {
  switch (desk) {
    case 'overview':
      return <Overview />;
    case 'runs':
      return id === undefined ? <Runs /> : <Run runId={id} key={id} />;
    case 'cases':
      return id === undefined ? <Cases /> : <Case caseNo={id} key={id} />;
    case 'due':
      return <Due />;
    case 'board':
      return <Board />;
    case 'reports':
      return <Reports />;
  }
};

/** An error of the page itself: said, not a white page. */
class Guard extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert
        type="error"
        showIcon
        title="页面出现错误，您的操作没有丢失。"
        action={<Button onClick={() => window.location.reload()}>刷新页面</Button>}
      />
    );
  }
}

const Heading = ({ session }: { readonly session: Session }) => {
  const { officer, settings, leave } = session;
  return (
    <Layout.Header
      style={{ display: 'flex', gap: 16, alignItems: 'center', paddingInline: 20, background: '#12488a' }}
    >
      <span className="brand">
        惠民<small>{settings.name === 'local' ? '演示环境' : '区民政业务台'}</small>
      </span>
      <span style={{ flex: 1 }} />
      <span className="officer">
        {officer.name} · {roleNames[officer.role]} · {areaName(officer.area)}
      </span>
      <Button size="small" onClick={() => void leave()}>
        退出
      </Button>
    </Layout.Header>
  );
};

const NotYours = () => (
  <>
    <h1>惠民</h1>
    <Alert type="info" showIcon title="您的角色不办理这项业务，请从业务导航中选择。" />
  </>
);

/** On a small screen the menu hides behind a sign in the header. */
const TRIGGER = { insetBlockStart: -52, insetInlineStart: 8, background: 'transparent', color: '#fff' };

const Shell = ({ session }: { readonly session: Session }) => {
  const place = usePlace();
  const desk = useMemo(() => ({ session, call: openApi(session) }), [session]);
  const own = (Object.keys(deskNames) as Desk[]).filter((key) => mayCall(session, readOf[key]));
  const items = own.map((key) => ({
    key,
    label: <a href={hashOf({ desk: key })}>{deskNames[key]}</a>,
  }));
  return (
    <DeskContext value={desk}>
      <Layout style={{ minHeight: '100vh' }}>
        <Heading session={session} />
        <Layout>
          <Layout.Sider
            breakpoint="lg"
            collapsedWidth={0}
            width={168}
            theme="light"
            zeroWidthTriggerStyle={TRIGGER}
          >
            <nav aria-label="业务导航">
              <Menu mode="inline" selectedKeys={[place.desk]} items={items} />
            </nav>
          </Layout.Sider>
          <Layout.Content>
            <main className="page">
              <Guard key={hashOf(place)}>
                <Suspense fallback={<Spin description="正在打开" />}>
                  {own.includes(place.desk) ? deskAt(place) : <NotYours />}
                </Suspense>
              </Guard>
            </main>
          </Layout.Content>
        </Layout>
      </Layout>
    </DeskContext>
  );
};

const Page = () => {
  const [session, setSession] = useState<Session>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    readSettings()
      .then(openSession)
      .then(setSession)
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : '登录没有完成。'));
  }, []);
  if (failure !== undefined)
    return (
      <main className="page">
        <Alert
          type="error"
          showIcon
          title={`登录没有完成：${failure}`}
          action={<Button onClick={() => window.location.assign('/console/')}>重新登录</Button>}
        />
      </main>
    );
  return session ? <Shell session={session} /> : <Spin fullscreen description="正在登录" />;
};

/** The library's greys and its link are too pale for weak eyes: text stands out from white at least 4.5 to 1. */
const theme = {
  token: {
    // Whoever asks the machine for less motion gets none.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#1758a8',
    colorLink: '#1758a8',
    colorError: '#cf1322',
    colorTextDescription: '#596780',
    colorTextPlaceholder: '#66738a',
    borderRadius: 6,
  },
};

const root = document.getElementById('app');
if (!root) throw new Error('The document has no place for the page.');
createRoot(root).render(
  <ConfigProvider locale={zhCN} theme={theme}>
    <AntApp>
      <Page />
    </AntApp>
  </ConfigProvider>,
);
